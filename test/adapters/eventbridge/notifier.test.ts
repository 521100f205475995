import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { eventBridgeNotifier } from '../../../lambdas/adapters/eventbridge/notifier.ts';
import { aNotice } from '../../builders/notice.ts';

const links = { runbookUrl: 'docs/runbook.md', pageUrl: null };

function openBus() {
  const bus = mockClient(EventBridgeClient);
  const notifier = eventBridgeNotifier({ client: new EventBridgeClient(), eventBus: 'ops', links });
  return { bus, notifier };
}

test('an event that the bus did not take is a refusal, though the call succeeds', async () => {
  const { bus, notifier } = openBus();
  bus.on(PutEventsCommand).resolves({
    FailedEntryCount: 1,
    Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'not now' }],
  });
  await expect(notifier.send(aNotice())).rejects.toMatchObject({
    code: 'NOTIFIER_UNAVAILABLE',
    message: expect.stringMatching(/prod\/billing.*bus ops.*InternalFailure: not now/),
  });
});

test('a call that fails is a refusal with its cause', async () => {
  const { bus, notifier } = openBus();
  bus.on(PutEventsCommand).rejects(new Error('connect ECONNREFUSED'));
  await expect(notifier.send(aNotice())).rejects.toMatchObject({
    code: 'NOTIFIER_UNAVAILABLE',
    message: expect.stringContaining('ECONNREFUSED'),
    cause: expect.any(Error),
  });
});

test('what was taken goes to the named bus under our source', async () => {
  const { bus, notifier } = openBus();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: 'e-1' }] });
  await notifier.send(aNotice());
  expect(bus.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries).toMatchObject([
    { EventBusName: 'ops', Source: 'sluicegate', DetailType: 'Kafka consumer group notice' },
  ]);
});
