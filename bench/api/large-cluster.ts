import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';

/** How large the cluster is. */
export interface ClusterSize {
  readonly groups: number;
  readonly partitions: number;
}

const T0_MS = 1_767_225_600_000;
const MINUTE_MS = 60_000;

/** Every fiftieth group is stopped after so many minutes. */
const STOPPED_AFTER = 20;

/** A cluster in its minute-th minute: each group reads a topic of its own, two members share the partitions. */
export function largeCluster({ groups, partitions }: ClusterSize, minute: number): ClusterSnapshot {
  const topics = new Map<string, PartitionLog[]>();
  const readers = new Map<string, GroupSnapshot>();
  for (let index = 0; index < groups; index++) {
    const [topic, name] = [`topic-${index}`, `service-${index}-consumer`];
    const isStopped = index % 50 === 0 && minute > STOPPED_AFTER;
    const perMinute = 60 + (index % 97) * 13;
    const numbers = Array.from({ length: partitions }, (_, partition) => partition);
    const read = (isStopped ? STOPPED_AFTER : minute) * perMinute;
    topics.set(
      topic,
      numbers.map((partition) => ({ logStartOffset: 0, logEndOffset: 1_000 * partition + minute * perMinute + 5 })),
    );
    readers.set(name, {
      type: index % 3 === 0 ? 'consumer' : 'classic',
      state: isStopped ? 'Empty' : 'Stable',
      members: isStopped ? [] : [0, 1].map((member) => memberOf(name, member, topic, numbers)),
      committed: new Map([[topic, numbers.map((partition) => 1_000 * partition + read)]]),
    });
  }
  return { cluster: 'prod', atMs: T0_MS + minute * MINUTE_MS + 137, topics, groups: readers, failures: [] };
}

const memberOf = (name: string, member: number, topic: string, numbers: readonly number[]) => ({
  memberId: `${name}-${member}-3f2a9c44`,
  clientId: `${name}-${member}`,
  host: `/10.0.${member}.7`,
  instanceId: null,
  assigned: new Map([[topic, numbers.filter((number) => number % 2 === member)]]),
});
