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
    numbers: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.integer(), { noNullPrototype: true }),
    sentence: fc.string(),
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
