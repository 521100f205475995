import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { snsClient } from '../../../lambdas/adapters/sns/client.ts';
import { snsNotifier } from '../../../lambdas/adapters/sns/notifier.ts';
import { SluicegateError } from '../../../lambdas/core/errors.ts';
import { noticeJsonOf } from '../../../lambdas/core/incident/notice-json.ts';
import { type FaultyService, type ServiceFault, startFaultyService } from '../../builders/faulty-service.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { SCRIPT } from '../../builders/scripted-ruleset.ts';
import { aScriptedSample, aStoredService, readerOfSamples, toldUndisturbed } from '../../builders/stored-service.ts';
import { describeWithRealPartsAndSns } from '../../setup/real-parts.ts';
import { type AwsServices, startAwsServices } from '../aws/services.ts';

const MINUTE_MS = 60_000;
const LINKS = { runbookUrl: 'docs/runbook.md', pageUrl: null };
const settings = eagerSettings({ repeatIntervalMs: 20 * MINUTE_MS });

/** An hour of it, at every other minute. */
const DOWN = { fromMinute: 4, untilMinute: 64 };
const FAULTS: readonly ServiceFault[] = ['refused', 'internalError', 'throttled'];
const isDown = (minute: number): boolean => minute >= DOWN.fromMinute && minute <= DOWN.untilMinute;
const samples = Array.from({ length: 36 }, (_, index) => sampleOf(2 * index));

function sampleOf(minute: number) {
  const isIn = (from: number, until: number): boolean => minute >= from && minute < until;
  return aScriptedSample(minute, {
    told: isIn(2, 20) ? SCRIPT.STALLED : SCRIPT.fine,
    lasting: isIn(10, 30) ? SCRIPT.FALLING_BEHIND : isIn(30, 1_000) ? SCRIPT.STALLED : SCRIPT.fine,
    flapping: Math.floor(minute / 10) % 2 === 1 ? SCRIPT.STOPPED : SCRIPT.fine,
  });
}

describeWithRealPartsAndSns('SNS is down for an hour', () => {
  let services: AwsServices;
  let sns: FaultyService;
  beforeAll(async () => {
    services = await startAwsServices((line) => console.info(line));
    const { AWS_ENDPOINT_URL = '', ...environment } = services.environment;
    sns = await startFaultyService('sns', AWS_ENDPOINT_URL);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ENDPOINT_URL_SNS', sns.endpoint);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await sns?.stop();
    await services?.stop();
  });

  async function aService() {
    const { arn: topicArn, queue } = await services.createTopic();
    const client = snsClient();
    const notifier = snsNotifier({ client, topicArn, form: 'json', links: LINKS });
    const store = services.environment['AWS_ENDPOINT_URL_DYNAMODB'] ?? '';
    const reader = readerOfSamples(samples);
    const service = await aStoredService({ store, through: store, notifier, settings, reader });
    /** One slot under a fault; a process that remembers nothing at every third. While notices wait, evaluate fails. */
    const run = async (minute: number, fault: ServiceFault | null) => {
      sns.failWhere(() => fault);
      const slotMs = samples[minute / 2]?.slotMs ?? 0;
      try {
        return (await service.run(slotMs, { isWarm: minute % 3 !== 0 })).evaluation;
      } catch (error) {
        if (!(error instanceof SluicegateError && error.code === 'NOTICE_REFUSED')) throw error;
        return { refused: error.message };
      }
    };
    const take = async () => (await queue.take()).map(({ Message }) => JSON.parse(Message));
    return { run, take };
  }

  test('samples are judged on, and afterwards each thing is told, in order, as if it had been told in time', async () => {
    const { run, take } = await aService();
    const evaluations = [];
    const before = [];
    for (let minute = 0; minute <= DOWN.untilMinute; minute += 2) {
      const fault = isDown(minute) ? (FAULTS[(minute / 2) % FAULTS.length] ?? null) : null;
      evaluations.push(await run(minute, fault));
      if (!isDown(minute)) before.push(...(await take()));
    }
    // Those that failed have judged their sample too: none is left for the first one that succeeds again.
    expect(evaluations.filter((one) => !('refused' in one) && one.samples !== 1)).toEqual([]);
    expect(await take()).toEqual([]);
    expect(evaluations.at(-1)).toEqual({ refused: expect.stringContaining('SNS did not take') });

    // The last minute of it: SNS takes one and its answer is lost, which is a repeat and no loss.
    await run(66, 'answerLost');
    const afterwards = await run(68, null);
    expect(afterwards).toMatchObject({ samples: 1, noticesWaiting: 0 });
    await run(70, null);

    const all = [...before, ...(await take())];
    const expected = (await toldUndisturbed(samples, settings)).map((notice) => noticeJsonOf(notice, LINKS));
    for (const group of ['told', 'lasting', 'flapping']) {
      const ofGroup = all.filter((notice) => notice.group === group);
      const once = ofGroup.filter(({ id }, index) => ofGroup.findIndex((other) => other.id === id) === index);
      const wanted = expected.filter((notice) => notice.group === group);
      expect(once).toEqual(JSON.parse(JSON.stringify(wanted)));
    }
    const ids = all.map(({ id }) => id);
    expect(new Set(ids.filter((id, index) => ids.indexOf(id) !== index)).size).toBeLessThanOrEqual(1);
  });

  test('a silent one costs an invocation seconds, however many groups there are to tell of', async () => {
    const { run } = await aService();
    await run(0, null);
    const startedAt = performance.now();
    expect(await run(30, 'silent')).toEqual({ refused: expect.stringContaining('wait in the outbox (2)') });
    expect(performance.now() - startedAt).toBeLessThan(15_000);
    expect(await run(32, null)).toMatchObject({ samples: 1, noticesSent: 2, noticesWaiting: 0 });
  });
});
