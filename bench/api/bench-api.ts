import { performance } from 'node:perf_hooks';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { type Answer, type ApiSources, answering } from '../../lambdas/api/answer.ts';
import { parseConfig } from '../../lambdas/config/config.ts';
import { configuredRuleset } from '../../lambdas/config/configured-ruleset.ts';
import { startDynalite } from '../../local/dynalite.ts';
import { type ClusterSize, largeCluster } from './large-cluster.ts';

const SIZE: ClusterSize = { groups: 1_000, partitions: 10 };
const SAMPLES = 31;
const REPEATS = 15;

const PATHS = [
  { what: 'overview, 100 groups', path: '/api/groups?cluster=prod' },
  { what: 'overview, 1,000 groups', path: '/api/groups?cluster=prod&limit=1000' },
  { what: 'overview, 1,000 groups, gzip', path: '/api/groups?cluster=prod&limit=1000', gzip: true },
  { what: 'search', path: '/api/groups?cluster=prod&search=service-77' },
  { what: 'one group', path: '/api/group?cluster=prod&group=service-7-consumer' },
  { what: 'Burrow, one group', path: '/v3/kafka/prod/consumer/service-7-consumer/lag' },
  { what: '/metrics', path: '/metrics' },
  { what: '/metrics, gzip', path: '/metrics', gzip: true },
] as const;

/**
 * `npm run bench -- api`: how long answers take at the handler, over an embedded DynamoDB that holds half an hour of
 * 1,000 groups with 10 partitions each.
 */
export async function benchApi(): Promise<void> {
  const dynalite = await startDynalite();
  try {
    const world = await openWorld(dynalite.endpoint);
    for (let minute = 0; minute < SAMPLES; minute++) await world.sample(minute);
    const answer = answering(world.sources(), { kind: 'open' });
    console.log(`cold, half an hour read    ${await milliseconds(answer, PATHS[0].path)} ms`);
    await world.sample(SAMPLES);
    await milliseconds(answer, '/burrow/admin');
    console.log(`one new sample             ${await milliseconds(answer, PATHS[0].path)} ms`);
    console.log(`\n${'nothing new'.padEnd(32)}median ms   worst ms   bytes`);
    for (const one of PATHS) console.log(await row(answer, one));
  } finally {
    await dynalite.stop();
  }
}

async function openWorld(endpoint: string) {
  const config = parseConfig({ clusters: [{ name: 'prod', brokers: ['b1.example:9092'] }] }, 'bench');
  const location = { tableName: 'bench', endpoint };
  await createTable(location);
  const last = { atMs: largeCluster({ groups: 0, partitions: 0 }, SAMPLES).atMs };
  const clock = { nowMs: () => last.atMs + 2_000 };
  const rulesetOf = (cluster: string) => configuredRuleset(config, cluster);
  const sources = (): ApiSources => {
    const table = openTable(location);
    const history = dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs });
    return {
      config,
      history,
      evaluations: dynamoEvaluationStore({ table, history, clock }),
      incidents: dynamoIncidentStore({ table, clock }),
      releases: dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs }),
      rulesetOf,
      page: new Map(),
      clock: { nowMs: () => performance.timeOrigin + performance.now() - began + last.atMs },
    };
  };
  const began = performance.timeOrigin + performance.now();
  const { history, evaluations } = sources();
  const run = rulesetOf('prod').begin(null);
  let fromSlotMs: number | null = null;
  return {
    sources,
    async sample(minute: number) {
      const snapshot = largeCluster(SIZE, minute);
      const slotMs = snapshot.atMs - 137;
      await history.append({ slotMs, snapshot });
      const to = { slotMs, atMs: snapshot.atMs, verdicts: run.advance(snapshot) };
      await evaluations.advance({ cluster: 'prod', fromSlotMs, to, snapshot, checkpoint: null });
      fromSlotMs = slotMs;
    },
  };
}

async function row(
  answer: Answer,
  { what, path, gzip }: { readonly what: string; readonly path: string; readonly gzip?: boolean },
): Promise<string> {
  const times: number[] = [];
  let bytes = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const startedMs = performance.now();
    bytes = await ask(answer, path, gzip);
    times.push(performance.now() - startedMs);
  }
  times.sort((a, b) => a - b);
  const [median = 0, worst = 0] = [times[Math.floor(times.length / 2)], times.at(-1)];
  return `${what.padEnd(32)}${median.toFixed(1).padStart(9)}${worst.toFixed(1).padStart(11)}${`${bytes}`.padStart(11)}`;
}

async function milliseconds(answer: Answer, path: string): Promise<number> {
  const startedMs = performance.now();
  await ask(answer, path);
  return Math.round(performance.now() - startedMs);
}

/** How many bytes come. Throws on any status but 200: what fails is not measured. */
async function ask(answer: Answer, path: string, gzip = false): Promise<number> {
  const [pathOnly = '', query = ''] = path.split('?');
  const headers = new Headers(gzip ? { 'accept-encoding': 'gzip' } : {});
  const request = { method: 'GET', path: pathOnly, query: new URLSearchParams(query), headers, body: '' };
  const response = await answer(request, { warn: () => {}, error: (_message, { error }) => console.error(error) });
  if (response.status !== 200) throw new Error(`${path} came to ${response.status}`);
  return (await response.arrayBuffer()).byteLength;
}
