import type { Owner } from '../../cluster/owners.ts';
import { type LogEndHistory, timeLagOf } from '../../lag/time-lag.ts';
import { toldTimeLag } from '../told-time-lag.ts';
import type { PartitionStatus, PartitionVerdict } from '../verdict.ts';
import type { CommitRing } from './commit-ring.ts';
import type { BurrowPartition, BurrowStatus } from './partition.ts';
import { notReadReason, reasonOf } from './reasons.ts';

const STATUS_OF: Readonly<Record<BurrowStatus, PartitionStatus>> = {
  OK: 'OK',
  WARN: 'FALLING_BEHIND',
  STOP: 'STOPPED',
  STALL: 'STALLED',
  REWIND: 'REWIND',
};

/** Who owns a partition; `unknown` when the group's members could not be read. */
export type Ownership = Owner | 'nobody' | 'unknown';

/** What is known of a partition beside Burrow's answer. */
export interface PartitionContext {
  readonly commits: CommitRing;
  readonly logEnds: LogEndHistory;
  readonly ownership: Ownership;
  /** When a snapshot last showed that nobody owned it (epoch); null: never. */
  readonly unownedAtMs: number | null;
}

/** Burrow's answer for a partition that was just read, in our words. */
export function partitionVerdictOf(judged: BurrowPartition, context: PartitionContext): PartitionVerdict {
  const { commits, logEnds, ownership } = context;
  const committedOffset = judged.end?.offset ?? null;
  const nowMs = logEnds.atMs.at(-1) ?? 0;
  return {
    status: statusOf(judged, context),
    committedOffset,
    logEndOffset: logEnds.logEndOffset.at(-1) ?? null,
    lagMessages: committedOffset === null ? null : judged.currentLagMessages,
    timeLag: toldTimeLag(timeLagOf(logEnds, committedOffset)),
    owner: typeof ownership === 'string' ? null : { clientId: ownership.clientId, host: ownership.host },
    reason: reasonOf(judged, { commits, nowMs, owned: ownership !== 'nobody' }),
  };
}

/**
 * In polled offsets the silence of a dead consumer looks like the same offset committed again. Burrow would have seen
 * the silence; we see that nobody was there. A member that has come back and has not moved yet does not make it STALLED
 * before the whole window is its own.
 */
function statusOf({ status, rule, start }: BurrowPartition, { unownedAtMs }: PartitionContext): PartitionStatus {
  // Burrow calls it OK, and says beside it how little that is worth.
  if (rule === 'tooIncomplete') return 'UNKNOWN';
  const silent = start !== null && unownedAtMs !== null && unownedAtMs >= start.atMs;
  return status === 'STALL' && silent ? 'STOPPED' : STATUS_OF[status];
}

/** A partition that was judged once and could not be read for long: what it was is no evidence any more. */
export function notReadVerdict(last: PartitionVerdict, unreadMs: number): PartitionVerdict {
  return {
    ...last,
    status: 'UNKNOWN',
    logEndOffset: null,
    lagMessages: null,
    timeLag: { kind: 'unknown' },
    owner: null,
    reason: notReadReason(unreadMs),
  };
}
