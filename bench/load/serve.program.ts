import { answering } from '../../lambdas/api/answer.ts';
import { bundlePage } from '../../lambdas/api/page/bundle/bundle-page.ts';
import { LOOPBACK_NAMES, startHttpServer } from '../../local/http-server.ts';
import { anApiWorld } from '../../test/builders/api-world.ts';
import { largeCluster } from '../api/large-cluster.ts';

// Serves a large cluster until its standard input ends; a new sample comes every five seconds, for as long as the
// second argument says (seconds). Judging them is the work of another function: it is done before. Arguments: groups,
// seconds.

const MINUTES = 12;
const SAMPLE_EVERY_MS = 5_000;
const [groups = 0, forS = 0] = process.argv.slice(2).map(Number);
const world = anApiWorld();
const rules = world.sources.rulesetOf('prod').begin(null);
const judged = (minute: number) => {
  const snapshot = largeCluster({ groups, partitions: 10 }, minute);
  return { snapshot, verdicts: rules.advance(snapshot) };
};
for (let minute = 0; minute < MINUTES; minute += 1) {
  const { snapshot, verdicts } = judged(minute);
  await world.sample(snapshot, verdicts);
}
const coming = Array.from({ length: (forS * 1_000) / SAMPLE_EVERY_MS }, (_, index) => judged(MINUTES + index));
const server = await startHttpServer({
  host: '127.0.0.1',
  port: 0,
  names: LOOPBACK_NAMES,
  answer: answering({ ...world.sources, page: bundlePage() }, { kind: 'open' }),
  log: { warn: (message) => console.error(message), error: (message, { error }) => console.error(message, error) },
});
console.log(server.url);
setInterval(() => {
  const next = coming.shift();
  if (next !== undefined) void world.sample(next.snapshot, next.verdicts);
}, SAMPLE_EVERY_MS);
process.stdin.resume().on('end', () => process.exit(0));
