import type { IncidentKind } from './incident.ts';

/** What to do first, in one sentence; docs/runbook.md has the rest under the same name. */
export const ADVICE_OF: Readonly<Record<IncidentKind, string>> = {
  STOPPED: 'Is the consumer running at all? Look at its deployment and at the last lines of its log; start it again.',
  STALLED: 'Look at the owner of the worst partition: its log shows what it is stuck on, often one message.',
  FALLING_BEHIND:
    'Compare the rates in and out: if the consumer is at its limit, add members up to the partition count.',
  REWIND: 'Who reset the offsets? Until it has come as far again, everything after the new offset is handled twice.',
  SKIP: 'Who reset the offsets? The messages in between are still there: reset back if they matter.',
  DATA_LOSS:
    'Lengthen the retention of the topic now, so that no more is deleted unread; then make the consumer faster.',
  REBALANCE_STORM:
    'Find the member that comes and goes: restarts, or work that takes longer than max.poll.interval.ms.',
  UNREADABLE: 'Are the brokers up, and is the way to them open? What hangs on them is not known.',
  STORM: 'Look for one cause: brokers, network, a deployment that all of these groups share.',
};

/** Where a notice leads. */
export interface NoticeLinks {
  /** The runbook, to which `#kind` is added. */
  readonly runbookUrl: string;
  /** The status page; null where nobody has said where it is. */
  readonly pageUrl: string | null;
}

/** The runbook's section about a kind. */
export const runbookLinkOf = (kind: IncidentKind, { runbookUrl }: NoticeLinks): string =>
  `${runbookUrl}#${kind.toLowerCase()}`;
