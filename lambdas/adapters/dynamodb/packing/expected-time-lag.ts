import type { ClusterSnapshot, PartitionLog } from '../../../core/cluster/snapshot.ts';
import { producedAtMs } from '../../../core/lag/time-lag.ts';

/** The logs of a cluster at one instant. */
export type LogsAt = Pick<ClusterSnapshot, 'atMs' | 'topics'>;

/** Two readings of the same logs, the earlier null where there is none. */
export interface TwoReadings {
  readonly before: LogsAt | null;
  readonly now: LogsAt;
}

/** Both readings are cells of an axis of two. */
const CELLS = [0, 1];

/**
 * The time lag of a partition in whole seconds, as far as two readings tell: where the oldest unread message was written
 * between them, as the rules reckon it; before them, as if the log had always grown so fast. 0 when they don't tell.
 */
export function expectedSeconds(
  { before, now }: TwoReadings,
  { topic, partition, committedOffset }: { topic: string; partition: number; committedOffset: number | null },
): number {
  const end = endOf(now.topics.get(topic)?.[partition]);
  const earlier = endOf(before?.topics.get(topic)?.[partition]);
  if (before === null || end === null || earlier === null || committedOffset === null) return 0;
  if (committedOffset >= end || end <= earlier) return 0;
  const axis = { cells: CELLS, atMs: [before.atMs, now.atMs] };
  const writtenMs =
    committedOffset >= earlier
      ? Math.round(producedAtMs(axis, [earlier, end], committedOffset))
      : now.atMs - ((end - committedOffset) * (now.atMs - before.atMs)) / (end - earlier);
  return Math.min(SECONDS_MAX, Math.max(0, Math.floor((now.atMs - writtenMs) / 1_000)));
}

/** A log that hardly grows makes old messages look older than any history. */
const SECONDS_MAX = 86_400;

const endOf = (log: PartitionLog | null | undefined): number | null =>
  log?.lastStableOffset ?? log?.logEndOffset ?? null;
