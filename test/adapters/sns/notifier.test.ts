import { AuthorizationErrorException, InvalidParameterException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { snsNotifier } from '../../../lambdas/adapters/sns/notifier.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import type { NoticeForm } from '../../../lambdas/core/incident/notice-form.ts';
import { noticeJsonOf } from '../../../lambdas/core/incident/notice-json.ts';
import { aNotice } from '../../builders/notice.ts';

const TOPIC_ARN = 'arn:aws:sns:eu-west-1:123456789012:lag';

const LINKS = { runbookUrl: 'https://wiki.example/runbook', pageUrl: null };

function openSns(form: NoticeForm = 'json') {
  const sns = mockClient(SNSClient);
  sns.on(PublishCommand).resolves({ MessageId: 'm-1' });
  const notifier = snsNotifier({
    client: new SNSClient({ region: 'eu-west-1' }),
    topicArn: TOPIC_ARN,
    form,
    links: LINKS,
  });
  const published = () => sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);
  return { sns, notifier, published };
}

async function publishedOf(notice: Notice) {
  const { notifier, published } = openSns();
  await notifier.send(notice);
  const [input, ...more] = published();
  if (input === undefined || more.length > 0) throw new Error(`published ${more.length + 1} messages`);
  return input;
}

test('a notice is published whole, with what filters need', async () => {
  const notice = aNotice();
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  expect(await publishedOf(notice)).toEqual({
    TopicArn: TOPIC_ARN,
    Subject: 'billing: STALLED (prod)',
    Message: JSON.stringify(noticeJsonOf(notice, LINKS)),
    MessageAttributes: {
      cluster: text('prod'),
      group: text('billing'),
      status: text('ERR'),
      kind: text('STALLED'),
      severity: text('critical'),
      transition: text('opened'),
    },
  });
});

describe('a group with an awkward name', () => {
  test('is cut short in the subject, not in the message', async () => {
    const group = 'g'.repeat(300);
    const { Subject = '', Message = '' } = await publishedOf(aNotice({ group }));
    expect(Subject).toHaveLength(99);
    expect(Subject).toMatch(/^g+\.\.\.: STALLED \(prod\)$/);
    expect(JSON.parse(Message).group).toBe(group);
  });

  test('keeps line breaks and control characters out of subject and attributes', async () => {
    const { Subject, MessageAttributes } = await publishedOf(aNotice({ group: 'a\nb\u0007' }));
    expect(Subject).toBe('a?b?: STALLED (prod)');
    expect(MessageAttributes).toMatchObject({ group: { StringValue: 'a?b?' } });
  });

  test('without a name has no attribute for it: SNS refuses empty ones', async () => {
    const { MessageAttributes = {} } = await publishedOf(aNotice({ group: '' }));
    expect(Object.keys(MessageAttributes)).toEqual(['cluster', 'status', 'kind', 'severity', 'transition']);
  });
});

test('a notice that is too large goes out without its partitions, which are counted', async () => {
  const owner = 'c'.repeat(32_000);
  const partition = { topic: 'orders', partition: 0, status: 'STALLED', lagMessages: 1, owner } as const;
  const notice = aNotice({ partitions: Array.from({ length: 5 }, () => partition), morePartitions: 7 });
  expect(JSON.parse((await publishedOf(notice)).Message ?? '').partitions).toHaveLength(5);
  const wider = { ...notice, partitions: notice.partitions.map((each) => ({ ...each, owner: owner.repeat(2) })) };
  const { Message = '' } = await publishedOf(wider);
  expect(JSON.parse(Message)).toMatchObject({ id: notice.id, partitions: [], morePartitions: 12 });
});

test('a notice that is too large for its name alone is refused, and nothing is published', async () => {
  const { notifier, published } = openSns();
  const group = 'é'.repeat(90_000);
  await expect(notifier.send(aNotice({ group }))).rejects.toMatchObject({
    code: 'NOTICE_REFUSED',
    message: expect.stringContaining('90000 characters'),
  });
  expect(published()).toEqual([]);
});

test('a refusal by SNS says which notice, which topic, why, and what to do', async () => {
  const { sns, notifier } = openSns();
  sns.on(PublishCommand).rejects(new AuthorizationErrorException({ message: 'not authorized', $metadata: {} }));
  await expect(notifier.send(aNotice({ id: 'prod/billing/1/opened' }))).rejects.toMatchObject({
    code: 'NOTIFIER_UNAVAILABLE',
    message: expect.stringMatching(/prod\/billing\/1\/opened.*sns:eu-west-1.*not authorized.*sns:Publish/),
  });
});

test('an unreachable SNS is a refusal that will be tried again', async () => {
  const { sns, notifier } = openSns();
  sns.on(PublishCommand).rejects(new Error('connect ECONNREFUSED'));
  await expect(notifier.send(aNotice())).rejects.toMatchObject({
    code: 'NOTIFIER_UNAVAILABLE',
    message: expect.stringMatching(/ECONNREFUSED; it is sent again/),
  });
});

test('what SNS has against one notice says nothing about the next', async () => {
  const { sns, notifier } = openSns();
  sns
    .on(PublishCommand)
    .rejects(new InvalidParameterException({ message: 'Invalid parameter: Subject', $metadata: {} }));
  await expect(notifier.send(aNotice())).rejects.toMatchObject({
    code: 'NOTICE_REFUSED',
    message: expect.stringMatching(/Subject.*report this message as a defect/),
  });
});
