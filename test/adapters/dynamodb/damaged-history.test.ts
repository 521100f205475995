import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTable } from '../../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { slotSort, slotsPartition } from '../../../lambdas/adapters/dynamodb/history-keys.ts';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { bodyOf, type Item, packedItem } from '../../../lambdas/adapters/dynamodb/item.ts';
import { openTable, type Table } from '../../../lambdas/adapters/dynamodb/table.ts';
import { noMetrics } from '../../../lambdas/adapters/metrics/no-metrics.ts';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import type { Metrics } from '../../../lambdas/core/ports/metrics.ts';
import { defaultRuleset } from '../../../lambdas/core/status/default/default-ruleset.ts';
import { evaluateCluster } from '../../../lambdas/evaluate/evaluate-cluster.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { aBusySnapshot } from '../../builders/busy-cluster.ts';
import { anEvaluationWorld } from '../../builders/evaluation-world.ts';
import { aGroup, aLog } from '../../builders/snapshots.ts';
import { PRESENT_MS } from '../../contracts/present.ts';

// Each sample is several requests, and a slow machine has five seconds for a few dozen only.
vi.setConfig({ testTimeout: 30_000 });

const MINUTE_MS = 60_000;
const slotAt = (minute: number) => PRESENT_MS + minute * MINUTE_MS;
const clock = { nowMs: () => slotAt(200) };

let server: StoreServer;
beforeAll(async () => {
  server = await startDynalite();
});
afterAll(() => server?.stop());

let table: Table;
let tables = 0;
beforeEach(async () => {
  tables += 1;
  const location = { tableName: `damaged-${tables}`, endpoint: server.endpoint };
  await createTable(location);
  table = openTable(location);
  vi.spyOn(process, 'emitWarning')
    .mockReset()
    .mockImplementation(() => {});
});

/** A process of its own: it remembers no frames. */
const history = () => dynamoHistoryStore({ table, clock, retentionMs: 30 * 86_400_000 });

async function write(minutes: readonly number[], store = history()): Promise<void> {
  for (const minute of minutes) await store.append({ slotMs: slotAt(minute), snapshot: aBusySnapshot(minute) });
}

const readAll = () => Array.fromAsync(history().read({ cluster: 'prod', afterSlotMs: 0 }));

/** The minutes that can be read back whole. */
async function readableMinutes(): Promise<number[]> {
  const samples = (await readAll()).filter(({ isPartial }) => !isPartial);
  for (const { slotMs, snapshot } of samples) {
    expect(snapshot).toEqual(aBusySnapshot((slotMs - PRESENT_MS) / MINUTE_MS));
  }
  return samples.map(({ slotMs }) => (slotMs - PRESENT_MS) / MINUTE_MS);
}

/** Flips a bit in the middle of the items of a minute, or of the first frame among them. */
async function damage(minute: number, which: 'frames' | 'one frame' | 'header'): Promise<void> {
  const found: Item[] = [];
  const [partition, from, until] =
    which === 'header'
      ? [slotsPartition('prod'), slotSort(slotAt(minute)), slotSort(slotAt(minute))]
      : [`frames#${Math.floor(slotAt(minute) / 3_600_000)}#prod`, `${slotAt(minute)}#`, `${slotAt(minute)}~`];
  for await (const item of table.query({ partition, from, until })) found.push(item);
  expect(found).not.toEqual([]);
  await table.putAll(
    (which === 'one frame' ? found.slice(0, 1) : found).map((item) => {
      const body = Uint8Array.from(bodyOf(item));
      const middle = body.length >> 1;
      body[middle] = (body[middle] ?? 0) ^ 4;
      return { ...item, ...packedItem({ partition, sort: item['sk']?.S ?? '' }, body, null) };
    }),
  );
}

const upTo = (end: number) => Array.from({ length: end }, (_, minute) => minute);

test('a damaged sample and those that are coded against it are told as what could not be read, with a warning', async () => {
  await write(upTo(40));
  await damage(5, 'frames');
  // The fifteenth frame is an anchor, coded against the keyframe: from there on all is well.
  expect(await readableMinutes()).toEqual([...upTo(5), ...upTo(40).slice(15)]);
  const partial = (await readAll()).filter(({ isPartial }) => isPartial);
  expect(partial.map(({ slotMs }) => slotMs)).toEqual(upTo(15).slice(5).map(slotAt));
  for (const { slotMs, snapshot } of partial) {
    expect(snapshot).toMatchObject({ atMs: slotMs, topics: new Map(), groups: new Map() });
    const unread = snapshot.failures.flatMap((failure) => (failure.part === 'group' ? [failure.group] : []));
    expect(unread).toEqual([...aBusySnapshot().groups.keys()].sort());
    expect(snapshot.failures[0]).toMatchObject({ code: 'STORE_CORRUPT', message: expect.stringMatching(/checksum/) });
  }
  expect(process.emitWarning).toHaveBeenCalledWith(
    expect.stringMatching(/the sample of \S+T00:05:00.000Z of cluster "prod" can not be read back: .*checksum/),
    { code: 'STORE_CORRUPT' },
  );
});

test('where even the names of its groups are lost, it might be any group', async () => {
  await write(upTo(3));
  await damage(0, 'frames');
  const [first] = await readAll();
  expect(first?.snapshot.failures).toMatchObject([{ part: 'broker', broker: 'stored history, part 0' }]);
});

test('one group asked for gets no sample in which it can not be read back', async () => {
  await write(upTo(4));
  await damage(2, 'frames');
  const ofGroup = await Array.fromAsync(history().readGroup({ cluster: 'prod', afterSlotMs: 0, group: 'billing' }));
  expect(ofGroup.map(({ slotMs }) => slotMs)).toEqual([slotAt(0), slotAt(1)]);
});

test('a damaged header takes along what is coded against its frames', async () => {
  await write(upTo(20));
  await damage(18, 'header');
  expect(await readableMinutes()).toEqual(upTo(18));
});

/** Groups enough for several buckets; each commits in a topic of its own. */
function aLargeSnapshot(minute: number): ClusterSnapshot {
  const names = Array.from({ length: 40 }, (_, nth) => `g${nth}`);
  const offsets = Array.from({ length: 100 }, (_, partition) => 1_000 * partition + minute);
  return {
    ...aBusySnapshot(minute),
    failures: [],
    topics: new Map(names.map((name) => [name, offsets.map((offset) => aLog(offset))])),
    groups: new Map(names.map((name) => [name, aGroup({ members: [], committed: new Map([[name, offsets]]) })])),
  };
}

type Judged = Parameters<Metrics['judged']>[0];

test('a damaged frame costs its own groups only: they become UNKNOWN, the others are judged, and it is told', async () => {
  const store = history();
  const { evaluation: world } = anEvaluationWorld();
  const evaluations = dynamoEvaluationStore({ table, history: store, clock });
  const failures: number[] = [];
  const metrics = { ...noMetrics, judged: ({ snapshot }: Judged) => void failures.push(snapshot.failures.length) };
  const evaluation = { ...world, history: store, evaluations, metrics, ruleset: defaultRuleset() };
  for (const minute of upTo(13)) await store.append({ slotMs: slotAt(minute), snapshot: aLargeSnapshot(minute) });
  await damage(4, 'one frame');
  const cold = { ...evaluation, history: history() };
  expect(await evaluateCluster(cold, { cluster: 'prod', unread: null })).toMatchObject({ samples: 13 });
  const lost = failures[4] ?? 0;
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(40);
  expect(failures).toEqual(upTo(13).map((minute) => (minute < 4 ? 0 : lost)));
  const read = await dynamoEvaluationStore({ table, history: history(), clock }).readVerdicts('prod');
  const statuses = read?.verdicts.map(({ status }) => status) ?? [];
  expect(statuses.filter((status) => status === 'UNKNOWN')).toHaveLength(lost);
  expect(statuses.filter((status) => status === 'OK')).toHaveLength(40 - lost);
});

test('verdicts whose sample was damaged after they were written are not told: they would be of other groups', async () => {
  const store = history();
  const { evaluation: world } = anEvaluationWorld();
  const evaluations = dynamoEvaluationStore({ table, history: store, clock });
  for (const minute of upTo(3)) await store.append({ slotMs: slotAt(minute), snapshot: aLargeSnapshot(minute) });
  await evaluateCluster({ ...world, history: store, evaluations }, { cluster: 'prod', unread: null });
  const reader = () => dynamoEvaluationStore({ table, history: history(), clock });
  expect((await reader().readVerdicts('prod'))?.verdicts).toHaveLength(40);
  await damage(2, 'one frame');
  expect(await reader().readVerdicts('prod')).toBeNull();
});

test('a writer that starts cold after damage begins anew, and all that it writes can be read', async () => {
  await write(upTo(10));
  await damage(9, 'frames');
  await write([10, 11, 12]);
  expect(await readableMinutes()).toEqual([...upTo(9), 10, 11, 12]);
});

test('evaluation goes on behind the damage, cold as warm', async () => {
  const store = history();
  const { evaluation: world } = anEvaluationWorld();
  const evaluation = { ...world, history: store, evaluations: dynamoEvaluationStore({ table, history: store, clock }) };
  const evaluate = () => evaluateCluster(evaluation, { cluster: 'prod', unread: null });
  await write(upTo(5), store);
  await evaluate();
  await write([5, 6], store);
  await damage(5, 'frames');
  await write([7], history());
  evaluation.warmRuns.clear();
  const cold = { ...evaluation, history: history() };
  expect(await evaluateCluster(cold, { cluster: 'prod', unread: null })).toMatchObject({ outcome: 'evaluated' });
  await write([8], history());
  expect(await evaluateCluster(cold, { cluster: 'prod', unread: null })).toMatchObject({ samples: 1 });
  expect(await evaluation.evaluations.readPosition('prod')).toMatchObject({ slotMs: slotAt(8) });
});
