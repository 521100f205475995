import fc from 'fast-check';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { aGroup, aLog, aMember, aSnapshot } from './snapshots.ts';

/** Small numbers, few names, much missing: what makes windows stall, rewind, vanish and come back. */
export const anySmallSnapshot: fc.Arbitrary<ClusterSnapshot> = fc
  .record({
    jitterMs: fc.nat({ max: 5_000 }),
    ends: fc.array(fc.option(fc.nat({ max: 9 }), { freq: 4 }), { maxLength: 2 }),
    groups: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', '__proto__'),
        committed: fc.array(fc.option(fc.nat({ max: 9 }), { freq: 4 }), { maxLength: 3 }),
        state: fc.constantFrom('Stable' as const, 'Stable' as const, 'Empty' as const, 'Dead' as const),
        owned: fc.constantFrom(null, [], [0], [0, 1]),
      }),
      { selector: ({ name }) => name, maxLength: 3 },
    ),
  })
  .map(({ jitterMs, ends, groups }) =>
    aSnapshot({
      atMs: jitterMs,
      topics: new Map(ends.length === 0 ? [] : [['t', ends.map((end) => (end === null ? null : aLog(end)))]]),
      groups: new Map(
        groups.map(({ name, committed, state, owned }) => [
          name,
          aGroup({
            state,
            committed: new Map([['t', committed]]),
            members: owned === null ? null : [aMember({ assigned: new Map([['t', owned]]) })],
          }),
        ]),
      ),
    }),
  );
