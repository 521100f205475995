import type { ClusterSnapshot } from './snapshot.ts';

/** How many group-partitions a snapshot has: partitions of a topic that a group has committed to, group by group. */
export function groupPartitionsIn({ groups }: Pick<ClusterSnapshot, 'groups'>): number {
  let count = 0;
  for (const { committed } of groups.values()) for (const { length } of committed.values()) count += length;
  return count;
}
