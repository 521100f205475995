import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { packVerdicts, unpackVerdicts } from '../../../../lambdas/adapters/dynamodb/packing/verdict-codec.ts';
import type { ClusterSnapshot } from '../../../../lambdas/core/cluster/snapshot.ts';
import type { GroupMeasures } from '../../../../lambdas/core/status/measures.ts';
import type { GroupVerdict, PartitionVerdict } from '../../../../lambdas/core/status/verdict.ts';
import { anySnapshot } from '../../../builders/any-snapshot.ts';
import { anyVerdictsOf } from '../../../builders/any-verdict.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../../builders/snapshots.ts';
import { aGroupVerdict, aPartitionVerdict, aTroubledGroup } from '../../../builders/verdict.ts';

// Hundreds of clusters each: on a slow machine more than five seconds.
vi.setConfig({ testTimeout: 30_000 });

function throughBytes(
  verdicts: readonly GroupVerdict[],
  snapshot = aSnapshot(),
  before: ClusterSnapshot | null = null,
): readonly GroupVerdict[] {
  const slot = { slotMs: T0_MS, atMs: T0_MS + 3, verdicts };
  const back = unpackVerdicts(packVerdicts(slot, { snapshot, before }), { snapshot, before });
  expect(back).toMatchObject({ slotMs: T0_MS, atMs: T0_MS + 3 });
  return back?.verdicts ?? [];
}

test('any verdicts of any snapshot come back whole, in the order of their groups', () => {
  const all = anySnapshot.chain((snapshot) =>
    fc.tuple(fc.constant(snapshot), anyVerdictsOf(snapshot), fc.option(anySnapshot)),
  );
  fc.assert(
    fc.property(all, ([snapshot, verdicts, before]) => {
      const inOrder = verdicts.toSorted((a, b) => (a.group < b.group ? -1 : 1));
      expect(throughBytes(verdicts, snapshot, before)).toEqual(inOrder);
    }),
    { numRuns: 300 },
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
    const content = packVerdicts({ slotMs: T0_MS, atMs: T0_MS, verdicts: [billing()] }, { snapshot, before: null });
    expect(content.length).toBeLessThan(2 * 200 + 40);
  });
});

test('a group in trouble keeps its reasons and measures', () => {
  const producedPerS = { kind: 'known', value: 12.3, source: 'measured', sureness: 'high' } as const;
  const measures = { lostMessages: 40_321, producedPerS } as GroupMeasures;
  const reason = { rule: 'stalled', numbers: { quietMs: 190_000 }, sentence: 'no progress' };
  const stalled = aPartitionVerdict({ status: 'STALLED', reason });
  const group = aTroubledGroup('STALLED', { reason, measures, partitions: new Map([['orders', [stalled]]]) });
  expect(throughBytes([group])).toEqual([group]);
});
