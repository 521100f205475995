import { ADVICE_OF, type NoticeLinks, runbookLinkOf } from '../../core/incident/advice.ts';
import type { Notice } from '../../core/incident/notice.ts';
import { factsOf, isOver, moreText, partitionText, subjectOf } from '../../core/incident/notice-text.ts';
import { SEVERITY_OF } from '../../core/incident/severity.ts';

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
      title: subjectOf(notice),
      description: [...factsOf(notice), ...partitions, ...more].join('\n'),
      nextSteps: [...(isOver(notice) ? [] : [ADVICE_OF[kind]]), `Runbook: ${runbookLinkOf(kind, links)}`, ...page],
      keywords: [cluster, ...(group === null ? [] : [group]), kind],
    },
    metadata: {
      // One thread an incident, where the channel allows it.
      threadId: incidentId,
      summary: subjectOf(notice),
      eventType: 'sluicegate notice',
      relatedResources: [group === null ? cluster : `${cluster}/${group}`],
      additionalContext: { severity: SEVERITY_OF[kind], status, transition },
    },
  };
}
