import { countText, durationText } from '../quantity.ts';
import { visible } from '../visible.ts';
import { ADVICE_OF, type NoticeLinks, runbookLinkOf } from './advice.ts';
import type { Notice, NoticePartition, Transition } from './notice.ts';
import { agoText, ratesText } from './notice-numbers.ts';

/** SNS takes fewer than 100 characters of ASCII, without control characters. */
const SUBJECT_CHARACTERS = 99;

/** One line, as SNS asks of a mail's subject. */
export function subjectOf({ group, cluster, transition, kind }: Notice): string {
  const what = WHAT_OF[transition](kind);
  const [name, ending] = group === null ? [`cluster ${cluster}`, `: ${what}`] : [group, `: ${what} (${cluster})`];
  const plain = name.replace(/[^\x20-\x7e]/g, '?');
  const room = SUBJECT_CHARACTERS - ending.length;
  return `${plain.length > room ? `${plain.slice(0, room - 3)}...` : plain}${ending}`;
}

const WHAT_OF: Readonly<Record<Transition, (kind: string) => string>> = {
  opened: (kind) => kind,
  worsened: (kind) => `worse, ${kind}`,
  changed: (kind) => `now ${kind}`,
  reminded: (kind) => `still ${kind}`,
  recovered: (kind) => `recovered from ${kind}`,
  expired: (kind) => `deleted, no longer ${kind}`,
};

/** The whole notice in plain text: what is wrong, what is known of it, what to do first, and where to look. */
export function bodyOf(notice: Notice, links: NoticeLinks): string {
  const { partitions, morePartitions, kind } = notice;
  const listed = [...partitions.map((partition) => `  ${partitionText(partition)}`), ...moreText(notice)];
  const page = links.pageUrl === null ? [] : [`Status page: ${links.pageUrl}`];
  return [
    subjectOf(notice),
    '',
    ...factsOf(notice),
    ...(partitions.length + morePartitions === 0 ? [] : ['', 'Partitions, worst first:', ...listed]),
    ...(isOver(notice) ? [] : ['', `First: ${ADVICE_OF[kind]}`]),
    '',
    `Runbook: ${runbookLinkOf(kind, links)}`,
    ...page,
  ].join('\n');
}

/** Sentences: why, since when, how much waits, how fast it goes. Without the partitions. */
export function factsOf(notice: Notice): readonly string[] {
  const { reason, group, transition, rates } = notice;
  return [
    ...(reason === null ? [] : [visible(reason.sentence)]),
    ...(transition === 'expired' ? ['The group, or every topic that held its problem, was deleted.'] : []),
    sinceText(notice),
    ...(group === null || transition === 'expired' ? [] : [lagText(notice)]),
    ...(rates === null ? [] : ratesText(rates)),
  ];
}

/** Nothing is left to do about it. */
export const isOver = ({ transition }: Notice): boolean => transition === 'recovered' || transition === 'expired';

/** `and 12 more partitions`, or nothing. */
export const moreText = ({ morePartitions }: Notice): readonly string[] =>
  morePartitions === 0 ? [] : [`and ${morePartitions} more partition${morePartitions === 1 ? '' : 's'}`];

/** One partition in a line. */
export const partitionText = ({ topic, partition, status, lagMessages, owner }: NoticePartition): string =>
  `${visible(topic)}-${partition}: ${status}, ${lagMessages === null ? 'lag unknown' : `${countText(lagMessages)} behind`}, ` +
  (owner === null ? 'nobody owns it' : `owned by ${visible(owner)}`);

function sinceText(notice: Notice): string {
  const opened = `${new Date(notice.openedAtMs).toISOString().slice(0, 19)}Z`;
  const lasted = notice.atMs - notice.openedAtMs;
  if (isOver(notice)) return `Over after ${durationText(lasted)}; it began at ${opened}.`;
  return `Since ${opened}${lasted > 0 ? ` (${durationText(lasted)})` : ''}.`;
}

const lagText = ({ lagMessages, timeLag }: Notice): string =>
  lagMessages === null
    ? 'How many messages wait is not known.'
    : `${countText(lagMessages)} messages wait${agoText(timeLag)}.`;
