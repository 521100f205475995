import type { ClusterSnapshot, PartitionLog } from '../../../core/cluster/snapshot.ts';
import { producedAtMs } from '../../../core/lag/time-lag.ts';

/** The logs of a cluster at one instant. */
export type LogsAt = Pick<ClusterSnapshot, 'atMs' | 'topics'>;

/** Two readings of the same logs, the earlier null where there is none. */
export interface TwoReadings {
  readonly before: LogsAt | null;
  readonly now: LogsAt;
  readonly instants: TwoInstants | null;
}

interface TwoInstants {
  readonly atMs: readonly [beforeMs: number, nowMs: number];
}

export const readingsOf = (before: LogsAt | null, now: LogsAt): TwoReadings => ({
  before,
  now,
  instants: before && { atMs: [before.atMs, now.atMs] },
});

/** The same of one topic, by partition. */
export interface TwoReadingsOfTopic {
  /** When they were taken, the earlier first; null: there is no earlier one. */
  readonly instants: TwoInstants | null;
  readonly before: readonly (PartitionLog | null)[];
  readonly now: readonly (PartitionLog | null)[];
}

export const readingsOfTopic = ({ before, now, instants }: TwoReadings, topic: string): TwoReadingsOfTopic => ({
  instants,
  before: before?.topics.get(topic) ?? [],
  now: now.topics.get(topic) ?? [],
});

/**
 * The time lag of a partition in whole seconds, as far as two readings tell: where the oldest unread message was written
 * between them, as the rules reckon it; before them, as if the log had always grown so fast. 0 when they don't tell.
 */
export function expectedSeconds(
  { instants, before, now }: TwoReadingsOfTopic,
  partition: number,
  committedOffset: number | null,
): number {
  const end = endOf(now[partition]);
  const earlier = endOf(before[partition]);
  if (instants === null || end === null || earlier === null || committedOffset === null) return 0;
  if (committedOffset >= end || end <= earlier) return 0;
  const nowMs = instants.atMs[1];
  const writtenMs =
    committedOffset >= earlier
      ? Math.round(producedAtMs(instants, [earlier, end], committedOffset))
      : nowMs - ((end - committedOffset) * (nowMs - instants.atMs[0])) / (end - earlier);
  return Math.min(SECONDS_MAX, Math.max(0, Math.floor((nowMs - writtenMs) / 1_000)));
}

/** A log that hardly grows makes old messages look older than any history. */
const SECONDS_MAX = 86_400;

const endOf = (log: PartitionLog | null | undefined): number | null =>
  log?.lastStableOffset ?? log?.logEndOffset ?? null;
