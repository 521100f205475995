import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import { findJava, findMaven } from '../../local/tools.ts';
import { fakeTool, folderForTest } from '../setup/fake-tool.ts';

const says = (version: string) => `echo '${version}' >&2`;

test.each([
  { why: 'the lowest that runs Kafka 4', script: says('openjdk version "17.0.15" 2025-04-15') },
  { why: 'a feature release without a dot', script: says('java version "25" 2025-09-16') },
  {
    why: 'a note before the version',
    script: `${says('Picked up _JAVA_OPTIONS: -Xmx1g')}\n${says('openjdk version "21.0.1"')}`,
  },
])('takes a Java that is new enough: $why', async ({ script }) => {
  const folder = folderForTest();
  const java = fakeTool(folder, 'java', script);
  expect(await findJava({ PATH: `/nowhere:${folder}` })).toBe(java);
});

test.each([
  { why: 'too old', script: says('openjdk version "11.0.2" 2019-01-15'), told: /is Java 11\./ },
  { why: 'too old, and numbered the old way', script: says('java version "1.8.0_392"'), told: /is Java 8\./ },
  { why: 'a stub that only tells where to get one', script: 'exit 1', told: /does not run\./ },
])('refuses a Java that is $why, and says what to do', async ({ script, told }) => {
  const folder = folderForTest();
  fakeTool(folder, 'java', script);
  const error = await findJava({ PATH: folder }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(SluicegateError);
  expect(error).toMatchObject({ code: 'TOOL_MISSING', message: expect.stringMatching(told) });
  expect(error).toMatchObject({ message: expect.stringMatching(/Install a JDK .* --brokers HOST:PORT/) });
});

test('JAVA_HOME wins over PATH', async () => {
  const [home, path] = [folderForTest(), folderForTest()];
  mkdirSync(join(home, 'bin'));
  const java = fakeTool(join(home, 'bin'), 'java', says('openjdk version "21"'));
  fakeTool(path, 'java', says('openjdk version "11"'));
  expect(await findJava({ JAVA_HOME: home, PATH: path })).toBe(java);
});

test.each([{ PATH: '' }, {}, { PATH: '/nowhere' }])('without the tools in PATH %o both are missing', async (env) => {
  await expect(findJava(env)).rejects.toThrow(/no java is in PATH/);
  await expect(findMaven(env)).rejects.toThrow(/no mvn is in PATH/);
});
