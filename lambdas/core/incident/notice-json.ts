import { ADVICE_OF, type NoticeLinks, runbookLinkOf } from './advice.ts';
import type { Notice } from './notice.ts';
import { isOver, subjectOf } from './notice-text.ts';
import { type PagerDutyEvent, pagerDutyEventOf } from './pager-duty.ts';
import { SEVERITY_OF, type Severity } from './severity.ts';

/** What a subscriber parses; docs/notices.schema.json has every field. A format that breaks readers gets a new number. */
export interface NoticeJson extends Notice {
  readonly format: 1;
  readonly severity: Severity;
  readonly subject: string;
  /** What to do first; null once it is over. */
  readonly advice: string | null;
  readonly runbookUrl: string;
  readonly pageUrl: string | null;
  readonly pagerDuty: PagerDutyEvent;
}

/** One notice as machines read it, over SNS and EventBridge alike. */
export const noticeJsonOf = (notice: Notice, links: NoticeLinks): NoticeJson => ({
  format: 1,
  ...notice,
  severity: SEVERITY_OF[notice.kind],
  subject: subjectOf(notice),
  advice: isOver(notice) ? null : ADVICE_OF[notice.kind],
  runbookUrl: runbookLinkOf(notice.kind, links),
  pageUrl: links.pageUrl,
  pagerDuty: pagerDutyEventOf(notice, links),
});
