import type { GroupVerdict, PartitionStatus, PartitionVerdict } from '../../core/status/verdict.ts';
import type { BurrowCommit } from './commits.ts';

/** Burrow's words for what a partition or a group is in. */
export type BurrowStatus = 'OK' | 'WARN' | 'ERR' | 'STOP' | 'STALL' | 'REWIND' | 'NOTFOUND';

/** A partition that nothing can be said of for so long is shown as WARN: no client may take blindness for green. */
const UNKNOWN_WARNS_MS = 300_000;

const BURROW_STATUS_OF: Readonly<Record<Exclude<PartitionStatus, 'UNKNOWN'>, BurrowStatus>> = {
  OK: 'OK',
  STOPPED: 'STOP',
  STALLED: 'STALL',
  FALLING_BEHIND: 'WARN',
  REWIND: 'REWIND',
  SKIP: 'REWIND',
  DATA_LOSS: 'STOP',
};

export interface Judged {
  readonly commits: readonly BurrowCommit[];
  readonly nowMs: number;
  /** How far back `commits` could reach (epoch). */
  readonly windowFromMs: number;
  /** By how much durations are shorter than usual. */
  readonly timesFaster: number;
}

export function partitionStatusOf({ status }: PartitionVerdict, judged: Judged): BurrowStatus {
  return status === 'UNKNOWN' ? unknownStatus(judged) : BURROW_STATUS_OF[status];
}

/** Unknown is OK while it is young; the oldest evidence that all was well says how old it is. */
export function unknownStatus({ commits, nowMs, windowFromMs, timesFaster }: Judged): BurrowStatus {
  const sinceMs = lastGoodMs(commits) ?? commits[0]?.timestamp ?? windowFromMs;
  return nowMs - sinceMs > UNKNOWN_WARNS_MS / timesFaster ? 'WARN' : 'OK';
}

/** When the group last moved, or had nothing to read. */
function lastGoodMs(commits: readonly BurrowCommit[]): number | null {
  const index = commits.findLastIndex(
    ({ offset, lag }, at) => lag === 0 || offset > (commits[at - 1]?.offset ?? offset),
  );
  return commits[index]?.timestamp ?? null;
}

/** As bad as the worst partition, ERR at most; what is the group's own counts as well. */
export function groupStatusOf(
  { status, kind }: Pick<GroupVerdict, 'status' | 'kind'>,
  partitions: readonly BurrowStatus[],
): BurrowStatus {
  if (kind === 'REBALANCE_STORM' || partitions.some((one) => one !== 'OK' && one !== 'WARN')) return 'ERR';
  return status === 'WARN' || partitions.includes('WARN') ? 'WARN' : 'OK';
}
