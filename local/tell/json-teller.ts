import { subjectOf } from '../../lambdas/core/incident/notice-text.ts';
import type { Teller } from './teller.ts';

/** One JSON object a line, `at` in epoch ms; progress goes to the other stream, so that a pipe holds events only. */
export function jsonTeller(writeLine: (line: string) => void, writeProgress: (line: string) => void): Teller {
  const event = (name: string, atMs: number, fields: object) =>
    writeLine(JSON.stringify({ event: name, at: atMs, ...fields }));
  return {
    progress: writeProgress,
    ready: ({ atMs, url, brokers }) => event('ready', atMs, { url, brokers }),
    status: ({ atMs, cluster, verdict: { group, status, kind, reason, lagMessages } }) =>
      event('status', atMs, { cluster, group, status, kind, lagMessages, reason: reason?.sentence ?? null }),
    fault: ({ atMs, ...fields }) => event('fault', atMs, fields),
    notice: ({ atMs, ...notice }) => event('notice', atMs, { ...notice, subject: subjectOf({ atMs, ...notice }) }),
    decision: ({ atMs, ...fields }) => event('decision', atMs, fields),
    trouble: ({ atMs, sentence }) => event('trouble', atMs, { sentence }),
    summary: ({ atMs, ...fields }) => event('summary', atMs, fields),
  };
}
