import type { PartitionEntry } from '../../answers/group-answer.ts';

/** Steps of the heat strip: 0 without lag, then shades. */
export const HEAT_STEPS = 5;

/**
 * How warm a partition's cell is: its share of the group's largest lag, by the root, so that one huge backlog does not
 * make all the others look empty. Null: the lag is not known.
 */
export function heatOf(lagMessages: number | null, largestLagMessages: number): number | null {
  if (lagMessages === null) return null;
  if (lagMessages <= 0 || largestLagMessages <= 0) return 0;
  const share = Math.sqrt(lagMessages / largestLagMessages);
  return Math.min(HEAT_STEPS, Math.max(1, Math.ceil(share * HEAT_STEPS)));
}

/** By topic, in the order given. */
export function byTopic(
  partitions: readonly PartitionEntry[],
): readonly (readonly [topic: string, partitions: readonly PartitionEntry[]])[] {
  return [...Map.groupBy(partitions, ({ topic }) => topic)];
}

const STATUS_ORDER = ['DATA_LOSS', 'SKIP', 'REWIND', 'STOPPED', 'STALLED', 'FALLING_BEHIND', 'UNKNOWN', 'OK'] as const;

/** Those in trouble first, then by lag. */
export const worstFirst = (partitions: readonly PartitionEntry[]): readonly PartitionEntry[] =>
  partitions.toSorted(
    (a, b) =>
      STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) ||
      (b.lagMessages ?? -1) - (a.lagMessages ?? -1) ||
      a.partition - b.partition,
  );
