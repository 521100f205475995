import type { ClusterView } from '../view/cluster-views.ts';

/** Topics that some group reads: no other is asked about. */
export const topicNames = ({ newest }: ClusterView): readonly string[] => [...newest.topics.keys()].sort();

/**
 * The log end of each partition, by its number. What the newest reading did not get is given as it was seen last, so that
 * no place in the list shifts; null: never seen. Null for all: there is no such topic.
 */
export function topicOffsets({ newest, window }: ClusterView, topic: string): readonly (number | null)[] | null {
  const logs = newest.topics.get(topic);
  if (logs === undefined) return null;
  return logs.map(
    (log, partition) =>
      log?.logEndOffset ??
      window.findLast(({ topics }) => topics.get(topic)?.[partition])?.topics.get(topic)?.[partition]?.logEndOffset ??
      null,
  );
}

/** Groups that have to do with a topic; none with one that nobody knows. */
export const topicConsumers = ({ verdicts }: ClusterView, topic: string): readonly string[] =>
  [...verdicts.values()].filter(({ partitions }) => partitions.has(topic)).map(({ group }) => group);
