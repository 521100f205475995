import { countText, durationText } from '../quantity.ts';
import type { TimeLag } from '../status/verdict.ts';
import type { Notice, NoticePartition } from './notice.ts';

/** SNS takes fewer than 100 characters of ASCII, without control characters. */
const SUBJECT_CHARACTERS = 99;

/** One line, as SNS asks of a mail's subject. */
export function subjectOf({ group, cluster, transition, kind }: Notice): string {
  const what =
    transition === 'recovered' ? `recovered from ${kind}` : transition === 'reminded' ? `still ${kind}` : kind;
  const ending = `: ${what} (${cluster})`;
  const name = group.replace(/[^\x20-\x7e]/g, '?');
  const room = SUBJECT_CHARACTERS - ending.length;
  return `${name.length > room ? `${name.slice(0, room - 3)}...` : name}${ending}`;
}

/** The whole notice in plain text: what, since when, which partitions, how far behind. */
export function bodyOf(notice: Notice): string {
  const { reason, partitions, morePartitions } = notice;
  return [
    subjectOf(notice),
    ...(reason === null ? [] : [reason.sentence]),
    sinceText(notice),
    lagText(notice),
    ...partitions.map(partitionText),
    ...(morePartitions > 0 ? [`and ${morePartitions} more partitions`] : []),
  ].join('\n');
}

function sinceText({ transition, openedAtMs, atMs }: Notice): string {
  const opened = new Date(openedAtMs).toISOString();
  return transition === 'recovered'
    ? `Over after ${durationText(atMs - openedAtMs)}; it began at ${opened}.`
    : `Since ${opened}${atMs > openedAtMs ? ` (${durationText(atMs - openedAtMs)})` : ''}.`;
}

const lagText = ({ lagMessages, timeLag }: Notice): string =>
  lagMessages === null
    ? 'How many messages wait is not known.'
    : `${countText(lagMessages)} messages wait${ageText(timeLag)}.`;

function ageText(timeLag: TimeLag): string {
  switch (timeLag.kind) {
    case 'known':
      return `, the oldest for ${durationText(timeLag.timeLagMs)}`;
    case 'atLeast':
      return `, the oldest for at least ${durationText(timeLag.timeLagMs)}`;
    case 'unknown':
      return '';
  }
}

const partitionText = ({ topic, partition, status, lagMessages, owner }: NoticePartition): string =>
  `  ${topic}-${partition}: ${status}, ${lagMessages === null ? 'lag unknown' : `${countText(lagMessages)} behind`}, ` +
  (owner === null ? 'nobody owns it' : `owned by ${owner}`);
