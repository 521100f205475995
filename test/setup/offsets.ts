import type { Admin } from 'kafkajs';

/** By partition, where a group stands in a topic. A group without a commit stands at −1. */
export interface Position {
  readonly committed: readonly number[];
  readonly lag: readonly number[];
}

/** Reads a group's commits and then the topic's ends, by kafkajs's own admin client. */
export async function positionOf(admin: Admin, group: string, topic: string): Promise<Position> {
  const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  const ends = await admin.fetchTopicOffsets(topic);
  const byPartition = (offsets?.partitions ?? []).toSorted((a, b) => a.partition - b.partition);
  const endOf = (wanted: number) => Number(ends.find(({ partition }) => partition === wanted)?.high);
  const committed = byPartition.map(({ offset }) => Number(offset));
  return { committed, lag: byPartition.map(({ partition, offset }) => endOf(partition) - Number(offset)) };
}
