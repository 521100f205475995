import { ADVICE_OF, type NoticeLinks, runbookLinkOf } from '../../core/incident/advice.ts';
import type { Notice } from '../../core/incident/notice.ts';
import { factsOf, isOver, moreText, partitionText, subjectOf } from '../../core/incident/notice-text.ts';
import { SEVERITY_OF } from '../../core/incident/severity.ts';
import { visible } from '../../core/visible.ts';

/**
 * A custom notification of Amazon Q Developer in chat applications, which shows it in Slack or Teams. Anything of
 * another shape is dropped there without a word.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function chatMessageOf(notice: Notice, links: NoticeLinks): object {
  const { id, incidentId, cluster, group, kind, status, transition } = notice;
  const partitions = notice.partitions.map((partition) => `- ${partitionText(partition)}`);
  const more = moreText(notice).map((text) => `- ${text}`);
  const page = links.pageUrl === null ? [] : [`Status page: ${links.pageUrl}`];
  return {
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: unmarked(subjectOf(notice)),
      description: [...factsOf(notice), ...partitions, ...more].map(unmarked).join('\n'),
      nextSteps: [...(isOver(notice) ? [] : [ADVICE_OF[kind]]), `Runbook: ${runbookLinkOf(kind, links)}`, ...page],
      keywords: [cluster, ...(group === null ? [] : [unmarked(visible(group))]), kind],
    },
    metadata: {
      // One thread an incident, where the channel allows it.
      threadId: incidentId,
      summary: unmarked(subjectOf(notice)),
      eventType: 'sluicegate notice',
      relatedResources: [group === null ? cluster : `${cluster}/${unmarked(visible(group))}`],
      additionalContext: { severity: SEVERITY_OF[kind], status, transition },
    },
  };
}

/**
 * What is shown there is Slack's or Teams' own markup: a client id must neither call a whole channel (`<!channel>`) nor
 * be a link that says something else. No escape holds in both, so that other signs stand for these.
 */
const unmarked = (text: string): string =>
  text.replaceAll('<', '\u2039').replaceAll('>', '\u203a').replaceAll('](', '] (');
