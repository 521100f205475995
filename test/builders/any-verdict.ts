import fc from 'fast-check';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { groupVerdictOf } from '../../lambdas/core/status/group-verdict.ts';
import {
  GROUP_STATUSES,
  type GroupVerdict,
  PARTITION_STATUSES,
  type PartitionVerdict,
  type Reason,
  type TimeLag,
} from '../../lambdas/core/status/verdict.ts';
import { anyName, anyOffset } from './any-snapshot.ts';

const anyTimeLag: fc.Arbitrary<TimeLag> = fc.oneof(
  fc.constant({ kind: 'unknown' as const }),
  fc.record(
    {
      kind: fc.constantFrom('known' as const, 'atLeast' as const),
      timeLagMs: fc.nat({ max: 10_000_000 }).map((seconds) => seconds * 1_000),
    },
    { noNullPrototype: true },
  ),
);

const anyReason: fc.Arbitrary<Reason> = fc.record(
  {
    rule: anyName,
    numbers: fc.dictionary(
      fc.oneof(fc.stringMatching(/^[a-z]{1,8}(Ms)?$/), fc.constantFrom('lagMessages', 'timeLagMs')),
      // No rule counts to -0, and JSON has none.
      fc
        .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }))
        .map((n) => n + 0),
      { noNullPrototype: true },
    ),
    // Also what numbers look like when a sentence tells them.
    sentence: fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('1', '7', '0 s', ' min', ',000', 'x') })),
  },
  { noNullPrototype: true },
);

const anyPartition: fc.Arbitrary<PartitionVerdict> = fc.record(
  {
    status: fc.constantFrom(...PARTITION_STATUSES),
    committedOffset: fc.option(anyOffset),
    logEndOffset: fc.option(anyOffset),
    lagMessages: fc.option(anyOffset),
    timeLag: anyTimeLag,
    owner: fc.option(fc.record({ clientId: fc.string(), host: fc.string() }, { noNullPrototype: true })),
    reason: fc.option(anyReason),
  },
  { noNullPrototype: true },
);

const anyPartitions = fc
  .uniqueArray(fc.tuple(anyName, fc.array(fc.option(anyPartition), { maxLength: 4 })), {
    selector: ([topic]) => topic,
    maxLength: 3,
  })
  .map((entries) => new Map(entries));

/** Verdicts that a ruleset could give of a snapshot's groups and of others, plain ones and odd ones. */
export const anyVerdictsOf = ({ groups }: ClusterSnapshot): fc.Arbitrary<GroupVerdict[]> => {
  const anyGroup = fc.oneof(anyName, ...[...groups.keys()].map((group) => fc.constant(group)));
  const followed = fc
    .tuple(anyGroup, anyPartitions, fc.option(anyReason))
    .map(([group, partitions, unjudged]) => groupVerdictOf(group, partitions, unjudged));
  const odd = fc
    .tuple(followed, fc.constantFrom(...GROUP_STATUSES), anyTimeLag, fc.option(anyReason))
    .map(([verdict, status, timeLag, reason]) => ({ ...verdict, status, timeLag, reason }));
  return fc.uniqueArray(fc.oneof(followed, odd), { selector: ({ group }) => group, maxLength: 4 });
};
