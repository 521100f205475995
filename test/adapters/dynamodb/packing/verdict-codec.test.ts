import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packVerdicts, unpackVerdicts } from '../../../../lambdas/adapters/dynamodb/packing/verdict-codec.ts';
import type { GroupMeasures, PartitionMeasures } from '../../../../lambdas/core/status/measures.ts';
import type { GroupVerdict, PartitionVerdict, TimeLag } from '../../../../lambdas/core/status/verdict.ts';
import { anySnapshot } from '../../../builders/any-snapshot.ts';
import { anyVerdictsOf } from '../../../builders/any-verdict.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../../builders/snapshots.ts';
import { aGroupVerdict, aPartitionVerdict, aTroubledGroup } from '../../../builders/verdict.ts';

function throughBytes(verdicts: readonly GroupVerdict[], snapshot = aSnapshot()): readonly GroupVerdict[] {
  const slot = { slotMs: T0_MS, atMs: T0_MS + 3, verdicts };
  const back = unpackVerdicts(packVerdicts(slot, snapshot), snapshot);
  expect(back).toMatchObject({ slotMs: T0_MS, atMs: T0_MS + 3 });
  return back.verdicts;
}

/** Time lags may come back in whole seconds, and reasons of partitions that are OK not at all. */
const rounded = (verdicts: readonly GroupVerdict[]) =>
  verdicts.map((verdict) => ({
    ...verdict,
    timeLag: inSeconds(verdict.timeLag),
    partitions: new Map(
      Array.from(verdict.partitions, ([topic, partitions]) => [topic, partitions.map((each) => each && fine(each))]),
    ),
  }));

const fine = (each: PartitionVerdict) => ({
  ...each,
  reason: each.status === 'OK' ? null : each.reason,
  timeLag: inSeconds(each.timeLag),
});

const inSeconds = (timeLag: TimeLag) =>
  timeLag.kind === 'unknown' ? timeLag : { ...timeLag, timeLagMs: Math.floor(timeLag.timeLagMs / 1_000) };

test('any verdicts of any snapshot come back, but for what is said to be lost', () => {
  const both = anySnapshot.chain((snapshot) => fc.tuple(fc.constant(snapshot), anyVerdictsOf(snapshot)));
  fc.assert(
    fc.property(both, ([snapshot, verdicts]) => {
      expect(rounded(throughBytes(verdicts, snapshot))).toEqual(rounded(verdicts));
    }),
    { numRuns: 500 },
  );
});

describe('what is fine', () => {
  const members = [aMember({ clientId: 'billing-1', host: '/10.0.0.1', assigned: new Map([['orders', [0, 1]]]) })];
  const snapshot = aSnapshot({
    topics: new Map([['orders', Array.from({ length: 200 }, () => aLog(100))]]),
    groups: new Map([['billing', aGroup({ members, committed: new Map([['orders', Array(200).fill(93)]]) })]]),
  });
  const owner = { clientId: 'billing-1', host: '/10.0.0.1' };
  const partition = (nth: number, part: Partial<PartitionVerdict> = {}) =>
    aPartitionVerdict({ committedOffset: 93, lagMessages: 7, owner: nth < 2 ? owner : null, ...part });
  const billing = (part: Partial<PartitionVerdict> = {}) =>
    aGroupVerdict({
      lagMessages: 1_400,
      partitions: new Map([['orders', Array.from({ length: 200 }, (_, nth) => partition(nth, part))]]),
    });

  test('takes two bytes a partition before compression', () => {
    const content = packVerdicts({ slotMs: T0_MS, atMs: T0_MS, verdicts: [billing()] }, snapshot);
    expect(content.length).toBeLessThan(2 * 200 + 40);
  });

  test('loses reasons and measures, and time lags their fraction of a second', () => {
    const measures = { lostMessages: 0 } as PartitionMeasures & GroupMeasures;
    const reason = { rule: 'caughtUp', numbers: {}, sentence: 'caught up' };
    const told = billing({ reason, measures, timeLag: { kind: 'known', timeLagMs: 1_999 } });
    const kept = billing({ timeLag: { kind: 'known', timeLagMs: 1_000 } });
    const [back] = throughBytes([{ ...told, measures, timeLag: { kind: 'known', timeLagMs: 1_999 } }], snapshot);
    expect(back).toEqual({ ...kept, timeLag: { kind: 'known', timeLagMs: 1_000 } });
    expect(back).not.toHaveProperty('measures');
  });
});

test('what is in trouble keeps reasons, measures and every millisecond', () => {
  const measures = { lostMessages: 4 } as PartitionMeasures & GroupMeasures;
  const reason = { rule: 'stalled', numbers: { quietMs: 1 }, sentence: 'no progress' };
  const timeLag = { kind: 'atLeast', timeLagMs: 190_123 } as const;
  const stalled = aPartitionVerdict({ status: 'STALLED', reason, measures, timeLag });
  const group = aTroubledGroup('STALLED', { reason, measures, timeLag, partitions: new Map([['orders', [stalled]]]) });
  expect(throughBytes([group])).toEqual([group]);
});
