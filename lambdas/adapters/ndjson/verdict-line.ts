import type { Notice } from '../../core/incident/notice.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';

/** What one line of `replay`'s output is about. */
export interface VerdictAt {
  readonly atMs: number;
  readonly cluster: string;
  readonly verdict: GroupVerdict;
}

/**
 * One verdict as a line, without its newline. `timeLagAtLeast` stands there when the oldest unread message is older
 * than what we saw; `rule`, `reason` and `numbers` when the group is not OK; `measures` when it is WARN or ERR.
 */
export function renderVerdict({ atMs, cluster, verdict }: VerdictAt): string {
  const { group, status, kind, partitions, lagMessages, timeLag, reason, measures } = verdict;
  const head = JSON.stringify({ at: atMs, cluster, group, status, kind });
  const told = status === 'OK' ? null : reason;
  const tail = JSON.stringify({
    lagMessages,
    timeLagMs: timeLag.kind === 'unknown' ? null : timeLag.timeLagMs,
    timeLagAtLeast: timeLag.kind === 'atLeast' ? true : undefined,
    rule: told?.rule,
    reason: told?.sentence,
    numbers: told?.numbers,
    measures,
  });
  return `${head.slice(0, -1)},"partitions":${statusesJson(partitions)},${tail.slice(1)}`;
}

/** By hand: an object by topic takes longer to make than the rest of a line. */
function statusesJson(partitions: GroupVerdict['partitions']): string {
  let json = '';
  for (const [topic, verdicts] of partitions) {
    let statuses = '';
    // Statuses need no escaping.
    for (const verdict of verdicts) statuses += verdict === null ? ',null' : `,"${verdict.status}"`;
    json += `,${JSON.stringify(topic)}:[${statuses.slice(1)}]`;
  }
  return `{${json.slice(1)}}`;
}

/** One notice as a line, without its newline; under a key of its own, so that no reader takes it for a verdict. */
export function renderNotice(notice: Notice): string {
  return JSON.stringify({ notice });
}
