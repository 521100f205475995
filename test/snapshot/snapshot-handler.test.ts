import { expect, test } from 'vitest';
import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { ClusterReader } from '../../lambdas/core/ports/cluster-reader.ts';
import { snapshotHandler } from '../../lambdas/snapshot/snapshot-handler.ts';
import { aGroup, aSnapshot, T0_MS } from '../builders/snapshots.ts';

const RETENTION_MS = 365 * 86_400_000;

const clock = { nowMs: () => T0_MS + 700 };
const context = (remainingMs: number) => ({ awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingMs });
const event = { cluster: 'prod', slot: '2026-01-01T00:00:00Z' };
const cost = { requests: 4, sentBytes: 400, receivedBytes: 4_000, cpuMs: 9, wallMs: 30 };

/** No release is open, and nobody waits for one. */
const calm = () => ({
  ledger: memoryReleaseLedger({ clock, retentionMs: RETENTION_MS }),
  clock,
  sampleIntervalMsOf: () => 60_000,
  gridMs: 60_000,
});

/** A cluster with one group, read as asked; remembers what it was asked. */
function aReader() {
  const asked: { atMs: number; deadlineMs: number }[] = [];
  const reader: ClusterReader = {
    read: async (request) => {
      asked.push(request);
      return { snapshot: aSnapshot({ atMs: request.atMs, groups: new Map([['billing', aGroup()]]) }), cost };
    },
    close: async () => {},
  };
  return { reader, asked };
}

test('the reading is kept under its slot and dated when it began', async () => {
  const { reader } = aReader();
  const history = memoryHistoryStore({ clock, retentionMs: 3_600_000 });
  const handler = snapshotHandler({ readerOf: async () => reader, history, ...calm() });
  expect(await handler(event, context(59_000))).toEqual({
    cluster: 'prod',
    slotMs: T0_MS,
    outcome: 'stored',
    groups: 1,
    topics: 0,
    failures: 0,
    cost,
  });
  const [sample] = await Array.fromAsync(history.read({ cluster: 'prod', afterSlotMs: 0 }));
  expect(sample).toMatchObject({ slotMs: T0_MS, snapshot: { atMs: T0_MS + 700 } });
  expect(await handler(event, context(59_000))).toMatchObject({ outcome: 'alreadyStored' });
});

test.each([
  { remainingMs: 59_000, deadlineMs: 20_000, why: 'a cluster that takes longer is not worth the wait' },
  { remainingMs: 12_000, deadlineMs: 7_000, why: 'time is kept back to store what was read' },
  { remainingMs: 3_000, deadlineMs: 1_000, why: 'there is always a try' },
])('with $remainingMs ms left it reads for $deadlineMs ms: $why', async ({ remainingMs, deadlineMs }) => {
  const { reader, asked } = aReader();
  const history = memoryHistoryStore({ clock, retentionMs: 3_600_000 });
  await snapshotHandler({ readerOf: async () => reader, history, ...calm() })(event, context(remainingMs));
  expect(asked).toEqual([{ atMs: T0_MS + 700, deadlineMs }]);
});

test('an unreachable cluster fails the invocation, so that the destination tells of it, and stores nothing', async () => {
  const history = memoryHistoryStore({ clock, retentionMs: 3_600_000 });
  const unreachable = new SluicegateError('BROKER_UNREACHABLE', 'no broker answered');
  const readerOf = async () => ({ read: () => Promise.reject(unreachable), close: async () => {} });
  await expect(snapshotHandler({ readerOf, history, ...calm() })(event, context(59_000))).rejects.toBe(unreachable);
  expect(await Array.fromAsync(history.read({ cluster: 'prod', afterSlotMs: 0 }))).toEqual([]);
});

test.each([
  { why: 'no cluster', event: { slot: event.slot } },
  { why: 'a slot that is no time', event: { cluster: 'prod', slot: 'now' } },
  { why: 'a key that nobody knows', event: { ...event, force: true } },
])('an event with $why is refused', async ({ event: wrong }) => {
  const { reader } = aReader();
  const history = memoryHistoryStore({ clock, retentionMs: 3_600_000 });
  const handler = snapshotHandler({ readerOf: async () => reader, history, ...calm() });
  await expect(handler(wrong, context(59_000))).rejects.toMatchObject({ code: 'EVENT_INVALID' });
});
