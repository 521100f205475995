import { expect, test } from 'vitest';
import { pomOf } from '../../local/jar-set.ts';
import { KAFKA_RELEASES, kafkaJars } from '../../local/kafka-jars.ts';

test('only a set that is not transitive leaves out what its jars depend on', () => {
  const set = { name: 'x', artifacts: ['org.example:tool:1.2'] };
  const dependency = '<groupId>org.example</groupId><artifactId>tool</artifactId><version>1.2</version>';
  expect(pomOf({ ...set, transitive: true })).toContain(`<dependency>${dependency}</dependency>`);
  expect(pomOf({ ...set, transitive: false })).toContain(`<dependency>${dependency}<exclusions>`);
});

test.each(KAFKA_RELEASES)('%s names every artifact whole and once', (release) => {
  const { artifacts } = kafkaJars(release);
  const names = artifacts.map((artifact) => /^([\w.-]+:[\w.-]+):[\w.-]+$/.exec(artifact)?.[1]);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(artifacts.length);
});
