import type { ReadFilter } from '../../core/cluster/connection.ts';
import type { GroupSnapshot } from '../../core/cluster/group.ts';
import type { ClusterLayout } from './cluster-layout.ts';

/** By topic, the partitions whose log is worth a question. */
export type WantedPartitions = ReadonlyMap<string, ReadonlySet<number>>;

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/**
 * Partitions that a group has committed or is assigned; all of the allowed topics, where topics are named at all; and
 * `alsoPartitions`, which no filter keeps out.
 */
export function wantedPartitions(
  groups: Iterable<GroupSnapshot>,
  layout: ClusterLayout,
  {
    filter,
    allowsTopic,
    alsoPartitions,
  }: { filter: ReadFilter; allowsTopic: (topic: string) => boolean; alsoPartitions: readonly TopicPartition[] },
): WantedPartitions {
  const wanted = new Map<string, Set<number>>();
  const partitionsOf = (topic: string): Set<number> => wanted.get(topic) ?? emptySetIn(wanted, topic);
  for (const { committed, share, members } of groups) {
    for (const positions of [committed, share ?? new Map<string, readonly unknown[]>()]) {
      for (const [topic, values] of positions) {
        const partitions = partitionsOf(topic);
        values.forEach((value, partition) => {
          if (value !== null) partitions.add(partition);
        });
      }
    }
    for (const { assigned } of members ?? []) {
      for (const [topic, partitions] of assigned)
        for (const partition of partitions) partitionsOf(topic).add(partition);
    }
  }
  if (filter.topics.allow.length > 0) {
    for (const [topic, { leaders }] of layout.topics) {
      if (allowsTopic(topic)) for (const partition of leaders.keys()) partitionsOf(topic).add(partition);
    }
  }
  for (const { topic, partition } of alsoPartitions) partitionsOf(topic).add(partition);
  return wanted;
}

function emptySetIn(wanted: Map<string, Set<number>>, topic: string): Set<number> {
  const partitions = new Set<number>();
  wanted.set(topic, partitions);
  return partitions;
}
