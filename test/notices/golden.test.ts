import { readFileSync } from 'node:fs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { eventBridgeNotifier } from '../../lambdas/adapters/eventbridge/notifier.ts';
import { publishInputOf } from '../../lambdas/adapters/sns/notice-message.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { NoticeForm } from '../../lambdas/core/incident/notice-form.ts';
import { noticeJsonOf } from '../../lambdas/core/incident/notice-json.ts';
import { slackMessageOf } from '../../lambdas/slack/slack-message.ts';
import { TOLD_NOTICES } from '../builders/told-notices.ts';

const links = { runbookUrl: 'https://wiki.example/sluicegate/runbook', pageUrl: 'https://lag.example/' };
const topicArn = 'arn:aws:sns:eu-west-1:123456789012:notices';

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function publishedOf(notice: Notice, form: NoticeForm): { readonly subject: string; readonly message: string } {
  const { Subject = '', Message = '' } = publishInputOf(notice, { topicArn, form, links }) ?? {};
  return { subject: Subject, message: Message };
}

/** What people read, word by word: `vitest -u` writes the files anew, and the change is then read as text. */
describe.each(Object.entries(TOLD_NOTICES))('%s', (name, notice) => {
  const file = (ending: string) => `../fixtures/notices/${name}.${ending}`;

  test('as JSON', async () => {
    await expect(pretty(JSON.parse(publishedOf(notice, 'json').message))).toMatchFileSnapshot(file('json'));
  });

  test('as a mail', async () => {
    const { subject, message } = publishedOf(notice, 'text');
    await expect(`Subject: ${subject}\n\n${message}\n`).toMatchFileSnapshot(file('txt'));
  });

  test('in a chat by Amazon Q Developer', async () => {
    await expect(pretty(JSON.parse(publishedOf(notice, 'chat').message))).toMatchFileSnapshot(file('chat.json'));
  });

  test('in Slack by webhook', async () => {
    await expect(pretty(slackMessageOf(noticeJsonOf(notice, links)))).toMatchFileSnapshot(file('slack.json'));
  });

  test('as an event', async () => {
    const bus = mockClient(EventBridgeClient);
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    await eventBridgeNotifier({ client: new EventBridgeClient(), eventBus: 'default', links }).send(notice);
    const [entry] = bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    const { Source: source, DetailType, Detail = '', Time } = entry ?? {};
    const event = { source, 'detail-type': DetailType, time: Time, detail: JSON.parse(Detail) };
    await expect(pretty(event)).toMatchFileSnapshot(file('event.json'));
  });

  test('is as docs/notices.schema.json says', () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync('docs/notices.schema.json', 'utf8')));
    const message: unknown = JSON.parse(publishedOf(notice, 'json').message);
    expect(schema.safeParse(message)).toMatchObject({ success: true });
    expect(schema.safeParse({ ...(message as object), group: 7 }).success).toBe(false);
    expect(schema.safeParse({ ...(message as object), surprise: 1 }).success).toBe(false);
  });
});
