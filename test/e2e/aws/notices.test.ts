import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { snsNotifier } from '../../../lambdas/adapters/sns/notifier.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import { TOLD_NOTICES } from '../../builders/told-notices.ts';
import { type Moto, startMoto } from '../../setup/moto.ts';
import { describeWithRealPartsAndSns } from '../../setup/real-parts.ts';

const links = { runbookUrl: 'docs/runbook.md', pageUrl: null };
const sentInOrder = Object.values(TOLD_NOTICES);
const kindsOf = (notices: readonly Notice[]) => notices.map(({ kind, transition }) => `${kind} ${transition}`);

describeWithRealPartsAndSns('notices through SNS', () => {
  let moto: Moto;
  let clients: { readonly sns: SNSClient; readonly sqs: SQSClient };
  beforeAll(async () => {
    moto = await startMoto((line) => console.info(line));
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
    const at = { endpoint: moto.endpoint, region: 'us-east-1', credentials };
    clients = { sns: new SNSClient(at), sqs: new SQSClient(at) };
  });
  afterAll(async () => {
    clients?.sns.destroy();
    clients?.sqs.destroy();
    await moto?.stop();
  });

  async function aQueue(name: string): Promise<{ readonly url: string; readonly arn: string }> {
    const { QueueUrl: url = '' } = await clients.sqs.send(new CreateQueueCommand({ QueueName: name }));
    const asked = { QueueUrl: url, AttributeNames: ['QueueArn' as const] };
    const { Attributes } = await clients.sqs.send(new GetQueueAttributesCommand(asked));
    return { url, arn: Attributes?.QueueArn ?? '' };
  }

  /** All that has come, in any order. */
  async function take(url: string): Promise<readonly unknown[]> {
    const taken: unknown[] = [];
    for (;;) {
      const { Messages = [] } = await clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return taken;
      for (const { Body = '', ReceiptHandle } of Messages) {
        taken.push(JSON.parse(Body));
        await clients.sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
      }
    }
  }

  test.each([
    {
      name: 'critical',
      policy: { severity: ['critical'], transition: ['opened', 'worsened', 'recovered', 'expired'] },
      takes: (notice: Notice) => notice.kind !== 'FALLING_BEHIND' && notice.kind !== 'UNREADABLE',
    },
    {
      name: 'cluster-only',
      policy: { group: [{ exists: false }] },
      takes: (notice: Notice) => notice.group === null,
    },
    { name: 'another-cluster', policy: { cluster: ['staging'] }, takes: () => false },
  ])('a subscriber with the filter policy "$name" gets what it asks for, and only that', async ({
    name,
    policy,
    takes,
  }) => {
    const { TopicArn: topicArn = '' } = await clients.sns.send(new CreateTopicCommand({ Name: name }));
    const queue = await aQueue(name);
    const subscription = {
      TopicArn: topicArn,
      Protocol: 'sqs',
      Endpoint: queue.arn,
      Attributes: { FilterPolicy: JSON.stringify(policy), RawMessageDelivery: 'true' },
    };
    await clients.sns.send(new SubscribeCommand(subscription));
    const notifier = snsNotifier({ client: clients.sns, topicArn, form: 'json', links });
    for (const notice of sentInOrder) await notifier.send(notice);
    const taken = (await take(queue.url)) as Notice[];
    expect(kindsOf(taken).toSorted()).toEqual(kindsOf(sentInOrder.filter(takes)).toSorted());
  });
});
