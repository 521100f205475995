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

/** What is left of a verdict when it is kept. */
const kept = (verdict: GroupVerdict): GroupVerdict => ({
  ...verdict,
  timeLag: inWholeSeconds(verdict.timeLag),
  partitions: new Map(
    Array.from(verdict.partitions, ([topic, partitions]) => [topic, partitions.map((each) => each && keptOf(each))]),
  ),
});

const keptOf = (each: PartitionVerdict): PartitionVerdict => ({
  ...each,
  reason: each.status === 'OK' ? null : each.reason,
  timeLag: inWholeSeconds(each.timeLag),
});

const inWholeSeconds = (timeLag: TimeLag): TimeLag =>
  timeLag.kind === 'unknown' ? timeLag : { ...timeLag, timeLagMs: timeLag.timeLagMs - (timeLag.timeLagMs % 1_000) };

test('any verdicts of any snapshot come back in the order of their groups, but for what is said to be lost', () => {
  const both = anySnapshot.chain((snapshot) => fc.tuple(fc.constant(snapshot), anyVerdictsOf(snapshot)));
  fc.assert(
    fc.property(both, ([snapshot, verdicts]) => {
      const inOrder = verdicts.toSorted((a, b) => (a.group < b.group ? -1 : 1));
      expect(throughBytes(verdicts, snapshot)).toEqual(inOrder.map(kept));
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

  test('loses reasons and measures', () => {
    const measures = { lostMessages: 0 } as PartitionMeasures & GroupMeasures;
    const reason = { rule: 'caughtUp', numbers: {}, sentence: 'caught up' };
    const [back] = throughBytes([{ ...billing({ reason, measures }), measures }], snapshot);
    expect(back).toEqual(billing());
    expect(back).not.toHaveProperty('measures');
  });
});

test('a group in trouble keeps its reasons, and its measures to three digits', () => {
  const producedPerS = { kind: 'known', value: 12.345_678, source: 'measured', sureness: 'high' } as const;
  const measures = { lostMessages: 40_321, producedPerS } as GroupMeasures;
  const reason = { rule: 'stalled', numbers: { quietMs: 190_123 }, sentence: 'no progress' };
  const stalled = aPartitionVerdict({ status: 'STALLED', reason });
  const group = aTroubledGroup('STALLED', { reason, measures, partitions: new Map([['orders', [stalled]]]) });
  const rounded = { lostMessages: 40_300, producedPerS: { ...producedPerS, value: 12.3 } };
  expect(throughBytes([group])).toEqual([{ ...group, measures: rounded }]);
});
