import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createTable } from '../../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { slotSort, slotsPartition } from '../../../lambdas/adapters/dynamodb/history-keys.ts';
import { dynamoHistoryStore } from '../../../lambdas/adapters/dynamodb/history-store.ts';
import { bodyOf, type Item, packedItem } from '../../../lambdas/adapters/dynamodb/item.ts';
import { openTable, type Table } from '../../../lambdas/adapters/dynamodb/table.ts';
import { evaluateCluster } from '../../../lambdas/evaluate/evaluate-cluster.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import type { StoreServer } from '../../../local/store-server.ts';
import { aBusySnapshot } from '../../builders/busy-cluster.ts';
import { anEvaluationWorld } from '../../builders/evaluation-world.ts';
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

async function readableMinutes(): Promise<number[]> {
  const samples = await Array.fromAsync(history().read({ cluster: 'prod', afterSlotMs: 0 }));
  for (const { slotMs, snapshot } of samples) {
    expect(snapshot).toEqual(aBusySnapshot((slotMs - PRESENT_MS) / MINUTE_MS));
  }
  return samples.map(({ slotMs }) => (slotMs - PRESENT_MS) / MINUTE_MS);
}

/** Flips a bit in the middle of the items of a minute. */
async function damage(minute: number, which: 'frames' | 'header'): Promise<void> {
  const found: Item[] = [];
  const [partition, from, until] =
    which === 'header'
      ? [slotsPartition('prod'), slotSort(slotAt(minute)), slotSort(slotAt(minute))]
      : [`frames#${Math.floor(slotAt(minute) / 3_600_000)}#prod`, `${slotAt(minute)}#`, `${slotAt(minute)}~`];
  for await (const item of table.query({ partition, from, until })) found.push(item);
  expect(found).not.toEqual([]);
  await table.putAll(
    found.map((item) => {
      const body = Uint8Array.from(bodyOf(item));
      const middle = body.length >> 1;
      body[middle] = (body[middle] ?? 0) ^ 4;
      return { ...item, ...packedItem({ partition, sort: item['sk']?.S ?? '' }, body, null) };
    }),
  );
}

const upTo = (end: number) => Array.from({ length: end }, (_, minute) => minute);

test('a damaged sample and those that are coded against it are left out, with a warning that names them', async () => {
  await write(upTo(40));
  await damage(5, 'frames');
  const readable = await readableMinutes();
  // The fifteenth frame is an anchor, coded against the keyframe: from there on all is well.
  expect(readable).toEqual([...upTo(5), ...upTo(40).slice(15)]);
  expect(process.emitWarning).toHaveBeenCalledWith(
    expect.stringMatching(/sample of \S+T00:05:00.000Z of cluster "prod" can not be read, and is left out: .*checksum/),
    { code: 'STORE_CORRUPT' },
  );
});

test('a damaged header takes along what is coded against its frames', async () => {
  await write(upTo(20));
  await damage(18, 'header');
  expect(await readableMinutes()).toEqual(upTo(18));
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
