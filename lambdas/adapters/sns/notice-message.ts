import type { MessageAttributeValue, PublishCommandInput } from '@aws-sdk/client-sns';
import type { Notice } from '../../core/incident/notice.ts';
import { subjectOf } from '../../core/incident/notice-text.ts';
import { SEVERITY_OF } from '../../core/incident/severity.ts';

/** What a subscriber of the topic parses: docs/notices.md has every field. A new format gets a new number. */
const NOTICE_FORMAT = 1;

/** Of a topic with default settings: body and attributes together. */
const MESSAGE_BYTES_MAX = 262_144;

/** One notice as SNS publishes it, or null if it is too large even without its partitions. */
export function publishInputOf(notice: Notice, topicArn: string): PublishCommandInput | null {
  const whole = inputOf(notice, topicArn);
  if (bytesOf(whole) <= MESSAGE_BYTES_MAX) return whole;
  // Client ids have no limit of their own; five of them can fill a message.
  const morePartitions = notice.morePartitions + notice.partitions.length;
  const short = inputOf({ ...notice, partitions: [], morePartitions }, topicArn);
  return bytesOf(short) <= MESSAGE_BYTES_MAX ? short : null;
}

const inputOf = (notice: Notice, topicArn: string): PublishCommandInput => ({
  TopicArn: topicArn,
  Subject: subjectOf(notice),
  Message: JSON.stringify({ format: NOTICE_FORMAT, ...notice }),
  MessageAttributes: attributesOf(notice),
});

/** What subscription filters can ask for. SNS refuses empty values and control characters. */
function attributesOf(notice: Notice): Record<string, MessageAttributeValue> {
  const { cluster, group, status, kind, transition } = notice;
  const values = { cluster, group, status, kind, severity: SEVERITY_OF[kind], transition };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === ''
        ? []
        : [[name, { DataType: 'String', StringValue: value.replace(/\p{C}/gu, '?') }]],
    ),
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
