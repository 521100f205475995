import { expect, test } from 'vitest';
import { memoryEvaluationStore } from '../../lambdas/adapters/memory/evaluation-store.ts';
import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryIncidentStore } from '../../lambdas/adapters/memory/incident-store.ts';
import { memoryMuteStore } from '../../lambdas/adapters/memory/mute-store.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import { noMetrics } from '../../lambdas/adapters/metrics/no-metrics.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { Notifier } from '../../lambdas/core/ports/notifier.ts';
import { evaluateHandler } from '../../lambdas/evaluate/evaluate-handler.ts';
import { eagerSettings } from '../builders/incident-settings.ts';
import { scriptedRuleset } from '../builders/scripted-ruleset.ts';
import { aSnapshot, T0_MS } from '../builders/snapshots.ts';

const clock = { nowMs: () => T0_MS };
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 60_000 };

function aHandler(notifiers: readonly Notifier[] = []) {
  const history = memoryHistoryStore({ clock, retentionMs: 3_600_000 });
  const notifier = memoryNotifier();
  const handler = evaluateHandler({
    history,
    evaluations: memoryEvaluationStore(),
    incidents: memoryIncidentStore({ clock }),
    mutes: memoryMuteStore({ clock }),
    releases: memoryReleaseLedger({ clock, retentionMs: 365 * 86_400_000 }),
    notifiers: [notifier, ...notifiers],
    metrics: noMetrics,
    rulesetOf: () => scriptedRuleset,
    sampleIntervalMsOf: () => 60_000,
    settings: eagerSettings(),
    warmRuns: new Map(),
  });
  return { history, handler, sent: notifier.sent };
}

const record = (condition: string, responsePayload: unknown) => ({
  version: '1.0',
  timestamp: '2026-01-01T00:00:03.120Z',
  requestContext: { requestId: 'r', functionArn: 'arn:aws:lambda:x:$LATEST', condition, approximateInvokeCount: 1 },
  requestPayload: { cluster: 'prod', slot: '2026-01-01T00:00:00Z' },
  responseContext: { statusCode: 200, executedVersion: '$LATEST' },
  responsePayload,
});

test('the record of a snapshot that went well has its sample judged', async () => {
  const { history, handler } = aHandler();
  await history.append({ slotMs: T0_MS, snapshot: aSnapshot() });
  expect(await handler(record('Success', { outcome: 'stored' }), context)).toMatchObject({
    cluster: 'prod',
    samples: 1,
  });
});

test('closer readings, taken while a release is open, are left to the gate', async () => {
  const { history, handler } = aHandler();
  const atMs = [0, 15_000, 30_001, 60_000, 60_015, 120_000].map((ms) => T0_MS + ms);
  for (const slotMs of atMs) await history.append({ slotMs, snapshot: aSnapshot({ atMs: slotMs }) });
  expect(await handler(record('Success', {}), context)).toMatchObject({ samples: 3 });
});

test('the record of a failed snapshot judges nothing, is no error of ours, and says why the cluster is not read', async () => {
  const { handler, sent } = aHandler();
  const failed = record('RetriesExhausted', { errorMessage: 'no broker answered', errorType: 'SluicegateError' });
  expect(await handler(failed, context)).toMatchObject({ outcome: 'evaluated', samples: 0 });
  expect(sent).toMatchObject([
    {
      group: null,
      kind: 'UNREADABLE',
      status: 'UNKNOWN',
      reason: { sentence: "the cluster can't be read: no broker answered" },
    },
  ]);
});

test('notices that a topic refuses fail the invocation, with all else done, until they are taken', async () => {
  let isDown = true;
  const taken: string[] = [];
  const topic: Notifier = {
    name: 'a topic',
    send: async ({ id }) => {
      if (isDown) throw new SluicegateError('NOTICE_REFUSED', 'the topic is gone');
      taken.push(id);
    },
  };
  const { handler, sent } = aHandler([topic]);
  const failed = record('RetriesExhausted', { errorMessage: 'no broker answered', errorType: 'SluicegateError' });
  const refusal = {
    code: 'NOTICE_REFUSED',
    message: expect.stringMatching(/^notices of prod wait in the outbox \(1\).*the topic is gone/),
  };
  await expect(handler(failed, context)).rejects.toMatchObject(refusal);
  expect(sent).toHaveLength(1);
  // Lambda's retry of the same event: nothing is done twice.
  await expect(handler(failed, context)).rejects.toMatchObject(refusal);
  isDown = false;
  expect(await handler(failed, context)).toMatchObject({ noticesSent: 1, noticesWaiting: 0 });
  expect(taken).toEqual(sent.map(({ id }) => id));
});

test('an event of another shape is refused without repeating its values', async () => {
  const { handler } = aHandler();
  const refusal = await handler({ password: 'hunter2' }, context).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'EVENT_INVALID' });
  expect(String(refusal)).toContain('requestContext');
  expect(String(refusal)).not.toContain('hunter2');
});
