import type { Notice } from '../../core/incident/notice.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';
import { objectOf } from './json.ts';

/** What one line of `replay`'s output is about. */
export interface VerdictAt {
  readonly atMs: number;
  readonly cluster: string;
  readonly verdict: GroupVerdict;
}

/**
 * One verdict as a line, without its newline. `timeLagAtLeast` stands there when the oldest unread message is older
 * than what we saw; `rule` and `reason` when the group is not OK.
 */
export function renderVerdict({ atMs, cluster, verdict }: VerdictAt): string {
  const { group, status, kind, partitions, lagMessages, timeLag, reason } = verdict;
  return JSON.stringify({
    at: atMs,
    cluster,
    group,
    status,
    kind,
    partitions: objectOf(partitions, (verdicts) => verdicts.map((partition) => partition?.status ?? null)),
    lagMessages,
    timeLagMs: timeLag.kind === 'unknown' ? null : timeLag.timeLagMs,
    timeLagAtLeast: timeLag.kind === 'atLeast' ? true : undefined,
    rule: status === 'OK' ? undefined : reason?.rule,
    reason: status === 'OK' ? undefined : reason?.sentence,
  });
}

/** One notice as a line, without its newline; under a key of its own, so that no reader takes it for a verdict. */
export function renderNotice(notice: Notice): string {
  return JSON.stringify({ notice });
}
