import type { NoticeJson } from '../core/incident/notice-json.ts';
import { factsOf, moreText, partitionText } from '../core/incident/notice-text.ts';

/** Slack refuses the whole message for a longer piece. */
const SECTION_CHARACTERS = 3_000;

/**
 * A notice as an incoming webhook of Slack takes it. `text` is what a phone shows.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export function slackMessageOf(notice: NoticeJson): object {
  const { subject, partitions, advice, runbookUrl, pageUrl } = notice;
  const sign = signOf(notice);
  const listed = [...partitions.map(partitionText), ...moreText(notice)].map((line) => `• ${escaped(line)}`);
  const links = [linkTo(runbookUrl, 'Runbook'), ...(pageUrl === null ? [] : [linkTo(pageUrl, 'Status page')])];
  return {
    text: `${sign} ${escaped(subject)}`,
    blocks: [
      section(`${sign} *${escaped(subject)}*`),
      section(factsOf(notice).map(escaped).join('\n')),
      ...(listed.length === 0 ? [] : [section(listed.join('\n'))]),
      ...(advice === null ? [] : [section(`*First:* ${escaped(advice)}`)]),
      { type: 'context', elements: [{ type: 'mrkdwn', text: links.join(' · ') }] },
    ],
  };
}

function signOf({ advice, severity }: NoticeJson): string {
  if (advice === null) return ':white_check_mark:';
  return severity === 'critical' ? ':red_circle:' : ':warning:';
}

const section = (text: string) => ({
  type: 'section',
  text: { type: 'mrkdwn', text: text.length > SECTION_CHARACTERS ? `${text.slice(0, SECTION_CHARACTERS - 1)}…` : text },
});

/** A runbook may be a path in a repository: Slack makes links of URLs only. */
const linkTo = (href: string, text: string): string =>
  /^https?:\/\//.test(href) ? `<${escaped(href)}|${text}>` : `${text}: ${escaped(href)}`;

/** The three characters that Slack's own marks are made of. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
