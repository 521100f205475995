import type { HistoryAnswer, PartitionSeries } from '../../answers/history-answer.ts';

/** Log end and committed offset over time, as one pair of lines. */
export interface OffsetLines {
  readonly atMs: readonly number[];
  readonly logEnd: readonly (number | null)[];
  readonly committed: readonly (number | null)[];
  /** The gap between them; null where either is not known. */
  readonly lag: readonly (number | null)[];
  /** What the lines are counted from: 0 for one partition, whose offsets are Kafka's own. */
  readonly baseOffset: number;
}

/** Picks one partition of a group. */
export interface PartitionKey {
  readonly topic: string;
  readonly partition: number;
}

/**
 * The lines of one partition, or with null the sum over all.
 *
 * A sum of offsets means nothing by itself, so it is counted from where the group stood at its first known sample. A
 * partition in which nothing was ever committed is left out of it: its log would lift one line and not the other. Where
 * one of the summed partitions is not known, neither is the sum: a line that drops for want of an answer would lie.
 */
export function offsetLinesOf(history: HistoryAnswer, only: PartitionKey | null): OffsetLines {
  const chosen = history.partitions.filter((series) =>
    only === null ? hasCommits(series) : series.topic === only.topic && series.partition === only.partition,
  );
  const { atMs } = history;
  const logEnd = atMs.map((_, index) => sumAt(chosen, 'logEndOffset', index));
  const committed = atMs.map((_, index) => sumAt(chosen, 'committedOffset', index));
  const baseOffset = only === null ? (committed.find((value) => value !== null) ?? 0) : 0;
  const fromBase = (value: number | null): number | null => (value === null ? null : value - baseOffset);
  return {
    atMs,
    logEnd: logEnd.map(fromBase),
    committed: committed.map(fromBase),
    lag: logEnd.map((end, index) => {
      const position = committed[index] ?? null;
      return end === null || position === null ? null : Math.max(0, end - position);
    }),
    baseOffset,
  };
}

const hasCommits = ({ committedOffset }: PartitionSeries): boolean => committedOffset.some((value) => value !== null);

function sumAt(
  chosen: readonly PartitionSeries[],
  field: 'logEndOffset' | 'committedOffset',
  index: number,
): number | null {
  if (chosen.length === 0) return null;
  let sum = 0;
  for (const series of chosen) {
    const value = series[field][index] ?? null;
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

/** How far both lines came over the range, for those who can't see them. Null: too little is known. */
export function offsetsSummaryOf({ logEnd, committed, lag }: OffsetLines): {
  readonly producedMessages: number;
  readonly consumedMessages: number;
  readonly lagMessages: number;
} | null {
  const producedMessages = travelOf(logEnd);
  const consumedMessages = travelOf(committed);
  const lagMessages = lag.findLast((value) => value !== null) ?? null;
  if (producedMessages === null || consumedMessages === null || lagMessages === null) return null;
  return { producedMessages, consumedMessages, lagMessages };
}

function travelOf(line: readonly (number | null)[]): number | null {
  const first = line.find((value) => value !== null) ?? null;
  const last = line.findLast((value) => value !== null) ?? null;
  return first === null || last === null ? null : last - first;
}
