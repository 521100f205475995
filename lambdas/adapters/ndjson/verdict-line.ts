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
  const { group, status, kind, partitions, lagMessages, timeLag } = verdict;
  // By hand: nearly all lines are of groups that are OK, and objects made only to be written take as long as judging.
  const timeLagMs = timeLag.kind === 'unknown' ? null : timeLag.timeLagMs;
  const atLeast = timeLag.kind === 'atLeast' ? ',"timeLagAtLeast":true' : '';
  const names = `"cluster":${JSON.stringify(cluster)},"group":${JSON.stringify(group)}`;
  const said = `"status":"${status}","kind":${kind === null ? 'null' : `"${kind}"`},"partitions":${statusesJson(partitions)}`;
  const lags = `"lagMessages":${lagMessages},"timeLagMs":${timeLagMs}${atLeast}`;
  return `{"at":${atMs},${names},${said},${lags}${status === 'OK' ? '' : whyJson(verdict)}}`;
}

function whyJson({ reason, measures }: GroupVerdict): string {
  const json = JSON.stringify({ rule: reason?.rule, reason: reason?.sentence, numbers: reason?.numbers, measures });
  return json === '{}' ? '' : `,${json.slice(1, -1)}`;
}

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
