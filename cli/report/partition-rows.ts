import type { Member } from '../../lambdas/core/cluster/group.ts';
import { topicsOf } from '../../lambdas/core/cluster/one-group.ts';
import { type Owner, ownersOf } from '../../lambdas/core/cluster/owners.ts';
import type { PartitionVerdict } from '../../lambdas/core/status/verdict.ts';
import type { GroupReport } from './group-report.ts';

/** One partition that a group has something to do with. */
export interface PartitionRow {
  readonly topic: string;
  readonly partition: number;
  readonly owner: Owner | null;
  readonly verdict: PartitionVerdict;
}

/** By topic and partition, those that the group has committed to or owns. */
export function partitionRowsOf({ read, verdict }: GroupReport): readonly PartitionRow[] {
  const owners = read === null ? null : ownersOf(read);
  const topics = read === null ? new Set(verdict.partitions.keys()) : topicsOf(read);
  return [...topics].toSorted().flatMap((topic) =>
    (verdict.partitions.get(topic) ?? []).flatMap((partitionVerdict, partition) => {
      const owner = owners?.get(topic)?.[partition] ?? null;
      if (partitionVerdict === null || (partitionVerdict.committedOffset === null && owner === null)) return [];
      return [{ topic, partition, owner, verdict: partitionVerdict }];
    }),
  );
}

/** Members that have nothing to do, which Kafka's own tool lists too. */
export function idleMembersOf({ read }: GroupReport): readonly Member[] {
  return (read?.members ?? []).filter(({ assigned }) =>
    assigned.values().every((partitions) => partitions.length === 0),
  );
}
