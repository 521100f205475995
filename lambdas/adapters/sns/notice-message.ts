import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import type { NoticeLinks } from '../../core/incident/advice.ts';
import type { Notice } from '../../core/incident/notice.ts';
import type { NoticeForm } from '../../core/incident/notice-form.ts';
import { noticeJsonOf } from '../../core/incident/notice-json.ts';
import { bodyOf, subjectOf } from '../../core/incident/notice-text.ts';
import { SEVERITY_OF } from '../../core/incident/severity.ts';
import { chatMessageOf } from './chat-message.ts';

/** A topic, and what it is given. */
export interface NoticeTopic {
  readonly topicArn: string;
  readonly form: NoticeForm;
  readonly links: NoticeLinks;
}

/** Of a topic with default settings: body and attributes together. */
const MESSAGE_BYTES_MAX = 262_144;

/** One notice as SNS publishes it, or null if it is too large even without its partitions. */
export function publishInputOf(notice: Notice, topic: NoticeTopic): PublishCommandInput | null {
  const whole = inputOf(notice, topic);
  if (bytesOf(whole) <= MESSAGE_BYTES_MAX) return whole;
  // Client ids have no limit of their own; five of them can fill a message.
  const morePartitions = notice.morePartitions + notice.partitions.length;
  const short = inputOf({ ...notice, partitions: [], morePartitions }, topic);
  return bytesOf(short) <= MESSAGE_BYTES_MAX ? short : null;
}

const inputOf = (notice: Notice, { topicArn, form, links }: NoticeTopic): PublishCommandInput => ({
  TopicArn: topicArn,
  Subject: subjectOf(notice),
  Message: MESSAGE_OF[form](notice, links),
  MessageAttributes: attributesOf(notice),
});

const MESSAGE_OF: Readonly<Record<NoticeForm, (notice: Notice, links: NoticeLinks) => string>> = {
  json: (notice, links) => JSON.stringify(noticeJsonOf(notice, links)),
  text: bodyOf,
  chat: (notice, links) => JSON.stringify(chatMessageOf(notice, links)),
};

/** What subscription filters can ask for. SNS refuses empty values and control characters. */
function attributesOf(notice: Notice): Record<string, MessageAttributeValue> {
  const { cluster, group, status, kind, transition } = notice;
  const values = { cluster, group: group ?? '', status, kind, severity: SEVERITY_OF[kind], transition };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, { DataType: 'String', StringValue: value.replace(/\p{C}/gu, '?') }]),
  );
}

function bytesOf({ Message, MessageAttributes }: PublishCommandInput): number {
  const attributes = Object.entries(MessageAttributes ?? {}).flatMap(([name, { DataType, StringValue }]) => [
    name,
    DataType ?? '',
    StringValue ?? '',
  ]);
  return [Message ?? '', ...attributes].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
