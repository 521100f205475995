import { answering } from '../../lambdas/api/answer.ts';
import { bundlePage } from '../../lambdas/api/page/bundle/bundle-page.ts';
import { LOOPBACK_NAMES, startHttpServer } from '../../local/http-server.ts';
import { anApiWorld } from '../../test/builders/api-world.ts';
import { largeCluster } from '../api/large-cluster.ts';

// Serves a large cluster until its standard input ends; a new sample comes every five seconds. Argument: groups.

const MINUTES = 12;
const SAMPLE_EVERY_MS = 5_000;
const groups = Number(process.argv[2]);
const world = anApiWorld();
let minute = 0;
for (; minute < MINUTES; minute += 1) await world.sample(largeCluster({ groups, partitions: 10 }, minute));
const server = await startHttpServer({
  host: '127.0.0.1',
  port: 0,
  names: LOOPBACK_NAMES,
  answer: answering({ ...world.sources, page: bundlePage() }, { kind: 'open' }),
  log: { warn: (message) => console.error(message), error: (message, { error }) => console.error(message, error) },
});
console.log(server.url);
setInterval(() => {
  void world.sample(largeCluster({ groups, partitions: 10 }, minute));
  minute += 1;
}, SAMPLE_EVERY_MS);
process.stdin.resume().on('end', () => process.exit(0));
