import { describe, expect, test } from 'vitest';
import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import type { ClusterReader } from '../../lambdas/core/ports/cluster-reader.ts';
import type { LedgerEntry } from '../../lambdas/core/release/ledger-entry.ts';
import { snapshotHandler } from '../../lambdas/snapshot/snapshot-handler.ts';
import { aDecision, anEntry } from '../builders/ledger-entry.ts';
import { aSnapshot, T0_MS } from '../builders/snapshots.ts';

/** A minute of this test lasts so long. */
const GRID_MS = 400;
const STEP_MS = GRID_MS / 4;
const cost = { requests: 4, sentBytes: 400, receivedBytes: 4_000, cpuMs: 9, wallMs: 30 };

interface Scene {
  readonly entry?: LedgerEntry | null;
  readonly sampleIntervalMs?: number;
  readonly fresh?: boolean;
  readonly read?: (turn: number) => Promise<void>;
  readonly readOpen?: () => Promise<readonly LedgerEntry[]>;
}

/** The slots that one invocation left in the history, counted from the scheduled one, and the deadlines it gave. */
async function invoked({ entry = anEntry(), sampleIntervalMs = GRID_MS, fresh = false, read, readOpen }: Scene) {
  const began = performance.now();
  const clock = { nowMs: () => T0_MS + Math.round(performance.now() - began) };
  const place = { clock, retentionMs: 365 * 86_400_000 };
  const ledger = memoryReleaseLedger(place);
  if (entry !== null) await ledger.open(entry);
  const history = memoryHistoryStore(place);
  const deadlines: number[] = [];
  const reader: ClusterReader = {
    read: async ({ atMs, deadlineMs }) => {
      await read?.(deadlines.length);
      deadlines.push(deadlineMs);
      return { snapshot: aSnapshot({ atMs }), cost };
    },
    close: async () => {},
  };
  const handler = snapshotHandler({
    readerOf: async () => reader,
    history,
    ledger: { readOpen: readOpen ?? ledger.readOpen },
    clock,
    sampleIntervalMsOf: () => sampleIntervalMs,
    gridMs: GRID_MS,
  });
  const event = { cluster: 'prod', slot: new Date(T0_MS).toISOString(), ...(fresh ? { fresh: true } : {}) };
  const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 59_000 };
  const outcome = await handler(event, context);
  const samples = await Array.fromAsync(history.read({ cluster: 'prod', afterSlotMs: 0 }));
  return { outcome, deadlines, slots: samples.map(({ slotMs }) => slotMs - T0_MS), tookMs: clock.nowMs() - T0_MS };
}

const closer = [0, STEP_MS, 2 * STEP_MS, 3 * STEP_MS];

describe('while a release is open', () => {
  test('its cluster is read four times as often, within the invocation, which ends before the next slot', async () => {
    const { outcome, slots, deadlines, tookMs } = await invoked({});
    expect(slots).toEqual(closer);
    expect(outcome).toMatchObject({ slotMs: T0_MS, outcome: 'stored' });
    expect(tookMs).toBeLessThan(GRID_MS);
    for (const deadlineMs of deadlines.slice(1)) expect(deadlineMs).toBeLessThan(STEP_MS);
  });

  test('a reading that takes longer than its turn costs the turns that it takes', async () => {
    const slow = (turn: number) =>
      turn === 1 ? new Promise<void>((resolve) => setTimeout(resolve, 1.7 * STEP_MS)) : Promise.resolve();
    expect((await invoked({ read: slow })).slots).toEqual([0, STEP_MS, 3 * STEP_MS]);
  });

  test.each<{ why: string; scene: Scene }>([
    {
      why: 'a closer reading that fails',
      scene: { read: async (turn) => (turn === 1 ? Promise.reject(new Error('no broker answered')) : undefined) },
    },
    { why: 'a ledger that can not be read', scene: { readOpen: () => Promise.reject(new Error('throttled')) } },
  ])('$why costs the closer readings, and not the scheduled one', async ({ scene }) => {
    const { outcome, slots } = await invoked(scene);
    expect(slots).toEqual([0]);
    expect(outcome).toMatchObject({ outcome: 'stored' });
  });
});

test.each<{ why: string; scene: Scene; slots: number[] }>([
  { why: 'no release is open', scene: { entry: null }, slots: [0] },
  {
    why: 'the decision is made',
    scene: { entry: anEntry({ decisions: [aDecision({ decision: 'PROMOTE' })] }) },
    slots: [0],
  },
  {
    why: 'its deadline is over',
    scene: { entry: anEntry({ release: { ...anEntry().release, deadlineMs: -1 } }) },
    slots: [0],
  },
  { why: 'the gate waits for just this reading', scene: { fresh: true }, slots: [0] },
  { why: 'the schedule is as close as that', scene: { sampleIntervalMs: STEP_MS }, slots: [0] },
  { why: 'the schedule is wider than a minute', scene: { sampleIntervalMs: 5 * GRID_MS }, slots: closer },
])('$why: the slots are $slots', async ({ scene, slots }) => {
  expect((await invoked(scene)).slots).toEqual(slots);
});
