import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../test/builders/snapshots.ts';

const PER_MINUTE = 600;
const PARTITIONS = 10;

/** One minute of a cluster of many groups, each with a topic of ten partitions; one in fifty has stopped. */
export function largeClusterAt(minute: number, groups: number): ClusterSnapshot {
  const names = Array.from({ length: groups }, (_, index) => `team-${index % 40}.consumer-${index}`);
  const end = 100_000 + minute * PER_MINUTE;
  return aSnapshot({
    atMs: T0_MS + minute * 60_000 + 200,
    topics: new Map(names.map((name) => [`${name}.events`, Array.from({ length: PARTITIONS }, () => aLog(end))])),
    groups: new Map(
      names.map((name, index) => [name, groupAt(`${name}.events`, end, index % 50 === 7 ? minute : 0, index)]),
    ),
  });
}

function groupAt(topic: string, end: number, minutesStopped: number, index: number): GroupSnapshot {
  const behind = minutesStopped > 5 ? (minutesStopped - 5) * PER_MINUTE : (index * 37) % 400;
  const committed = new Map([[topic, Array.from({ length: PARTITIONS }, () => end - behind)]]);
  const assigned = new Map([[topic, Array.from({ length: PARTITIONS }, (_, partition) => partition)]]);
  return aGroup({ committed, members: [aMember({ memberId: `m-${index}`, clientId: `worker-${index}`, assigned })] });
}
