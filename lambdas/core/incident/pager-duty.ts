import { type NoticeLinks, runbookLinkOf } from './advice.ts';
import type { Notice } from './notice.ts';
import { factsOf, isOver, subjectOf } from './notice-text.ts';
import { SEVERITY_OF, type Severity } from './severity.ts';

/**
 * What PagerDuty's Events API v2 takes, but for the routing key: that is the subscriber's secret.
 * https://developer.pagerduty.com/docs/send-alert-event
 */
export interface PagerDutyEvent {
  readonly event_action: 'trigger' | 'resolve';
  /** The same for all notices of an incident, 255 characters at most. */
  readonly dedup_key: string;
  readonly payload: {
    /** At most 1,024 characters. */
    readonly summary: string;
    readonly source: string;
    readonly severity: Severity;
    readonly timestamp: string;
    readonly component: string | null;
    readonly class: string;
    readonly custom_details: { readonly facts: readonly string[] };
  };
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

const DEDUP_KEY_CHARACTERS = 255;

/** A reminder triggers again, which PagerDuty adds to the open alert. */
export function pagerDutyEventOf(notice: Notice, links: NoticeLinks): PagerDutyEvent {
  const { cluster, group, kind, atMs, incidentId } = notice;
  return {
    event_action: isOver(notice) ? 'resolve' : 'trigger',
    // Cut at the front: cluster and group come first, what tells incidents apart comes last.
    dedup_key: incidentId.slice(-DEDUP_KEY_CHARACTERS),
    payload: {
      summary: subjectOf(notice),
      source: cluster,
      severity: SEVERITY_OF[kind],
      timestamp: new Date(atMs).toISOString(),
      component: group,
      class: kind,
      custom_details: { facts: factsOf(notice) },
    },
    links: [
      ...linkTo(runbookLinkOf(kind, links), 'Runbook'),
      ...(links.pageUrl === null ? [] : linkTo(links.pageUrl, 'Status page')),
    ],
  };
}

/** PagerDuty refuses the whole event for a link that is no URL. */
const linkTo = (href: string, text: string): PagerDutyEvent['links'] =>
  /^https?:\/\//.test(href) ? [{ href, text }] : [];
