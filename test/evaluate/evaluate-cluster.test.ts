import { describe, expect, test } from 'vitest';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { anEvaluationWorld, KILLED, killedAfter } from '../builders/evaluation-world.ts';
import { eagerSettings } from '../builders/incident-settings.ts';
import { scriptedRuleset } from '../builders/scripted-ruleset.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from '../builders/snapshots.ts';

const MINUTE = 60_000;
const PROD = { cluster: 'prod', unread: null };
/** The sample of a minute in which `billing` is in trouble or not. */
const sample = (minute: number, inTrouble: boolean) => ({
  slotMs: T0_MS + minute * MINUTE,
  snapshot: aSnapshot({
    atMs: T0_MS + minute * MINUTE + 1_000,
    topics: new Map([['orders', [aLog(107)]]]),
    groups: new Map([['billing', aGroup({ committed: new Map([['script', [inTrouble ? 1 : 0]]]) })]]),
  }),
});

const manyInTrouble = (minute: number, groups: number) => {
  const slotMs = T0_MS + minute * MINUTE;
  const group = aGroup({ committed: new Map([['script', [1]]]) });
  const names = Array.from({ length: groups }, (_, index) => [`group-${index}`, group] as const);
  const topics = new Map([['orders', [aLog(107)]]]);
  return { slotMs, snapshot: aSnapshot({ atMs: slotMs, topics, groups: new Map(names) }) };
};

const tellings = (notices: readonly Notice[]) =>
  notices.map(({ transition, reason }) => `${transition} at ${reason?.sentence}`);

describe('evaluating a cluster', () => {
  test('takes every sample since the last one, in order, and tells what changed', async () => {
    const { evaluation, history, sent } = anEvaluationWorld();
    for (const [minute, inTrouble] of [false, true, true, false].entries())
      await history.append(sample(minute, inTrouble));
    expect(await evaluateCluster(evaluation, PROD)).toMatchObject({
      outcome: 'evaluated',
      samples: 4,
      noticesSent: 2,
    });
    expect(tellings(sent)).toEqual(['opened at sample 2', 'recovered at sample 4']);
    expect(await evaluation.evaluations.readPosition('prod')).toMatchObject({ slotMs: T0_MS + 3 * MINUTE });
  });

  test('a doubled invocation changes nothing', async () => {
    const { evaluation, history, sent } = anEvaluationWorld();
    await history.append(sample(0, true));
    await evaluateCluster(evaluation, PROD);
    expect(await evaluateCluster(evaluation, PROD)).toMatchObject({ samples: 0, noticesSent: 0 });
    expect(sent).toHaveLength(1);
  });

  test('concurrent invocations tell each thing once, or twice with one id, and never open twice', async () => {
    const { evaluation, history, sent } = anEvaluationWorld();
    for (const [minute, inTrouble] of [true, false].entries()) await history.append(sample(minute, inTrouble));
    const apart = { ...evaluation, warmRuns: new Map() };
    await Promise.all([evaluateCluster(evaluation, PROD), evaluateCluster(apart, PROD)]);
    await evaluateCluster(evaluation, PROD);
    expect([...new Set(sent.map(({ id }) => id))]).toHaveLength(2);
    expect(new Set(sent.map(({ incidentId }) => incidentId)).size).toBe(1);
  });

  test('cold and warm give the same verdicts', async () => {
    const { evaluation, history } = anEvaluationWorld();
    await history.append(sample(0, false));
    await evaluateCluster(evaluation, PROD);
    await history.append(sample(1, true));
    evaluation.warmRuns.clear();
    await evaluateCluster(evaluation, PROD);
    const newest = await evaluation.evaluations.readVerdicts('prod');
    expect(newest?.verdicts[0]?.reason?.numbers).toEqual({ taken: 2 });
  });

  test('a checkpoint is written at first and then every 150 minutes', async () => {
    const { evaluation, history } = anEvaluationWorld();
    const checkpointAfter = async (minute: number) => {
      await history.append(sample(minute, false));
      await evaluateCluster(evaluation, PROD);
      const { readCheckpoint } = await evaluation.evaluations.readPosition('prod');
      return (await readCheckpoint())?.memory[0];
    };
    expect(await checkpointAfter(0)).toBe(1);
    expect(await checkpointAfter(149)).toBe(1);
    expect(await checkpointAfter(150)).toBe(3);
  });

  test('other rules learn from a day, and from less of a cluster so large that it would take too long', async () => {
    const rest = Array<number>(59_999).fill(0);
    const learntFrom = async (partitions: readonly number[]) => {
      const { evaluation, history } = anEvaluationWorld();
      for (let minute = 0; minute < 100; minute += 1) {
        const { slotMs, snapshot } = sample(minute, false);
        const billing = aGroup({ committed: new Map([['script', [0, ...partitions]]]) });
        await history.append({ slotMs, snapshot: { ...snapshot, groups: new Map([['billing', billing]]) } });
      }
      await evaluateCluster(evaluation, PROD);
      await history.append(sample(100, true));
      const others = { ...evaluation, ruleset: { ...scriptedRuleset, name: 'default' as const }, warmRuns: new Map() };
      await evaluateCluster(others, PROD);
      return (await evaluation.evaluations.readVerdicts('prod'))?.verdicts[0]?.reason?.numbers;
    };
    expect(await learntFrom([])).toEqual({ taken: 101 });
    expect(await learntFrom(rest)).toEqual({ taken: 41 });
  });

  test('while the notifier refuses, notices wait in order and the statuses go on', async () => {
    const { evaluation, history, sent } = anEvaluationWorld();
    for (const [minute, inTrouble] of [true, false].entries()) await history.append(sample(minute, inTrouble));
    const down = {
      name: 'memory',
      send: async () => Promise.reject(new SluicegateError('NOTICE_REFUSED', 'SNS is down')),
    };
    const outcome = await evaluateCluster({ ...evaluation, notifiers: [down] }, PROD);
    expect(outcome).toMatchObject({ outcome: 'evaluated', samples: 2, noticesSent: 0, noticesWaiting: 2 });
    expect(outcome.whyWaiting).toContain('SNS is down');
    expect(await evaluateCluster(evaluation, PROD)).toMatchObject({ samples: 0, noticesSent: 2, noticesWaiting: 0 });
    expect(tellings(sent)).toEqual(['opened at sample 1', 'recovered at sample 2']);
  });

  test('killed at any await, nothing is lost and nothing is told twice under another id', async () => {
    const minutes = [false, true, true, false, true];
    for (let survives = 0; survives < 80; survives += 1) {
      const { evaluation, history, sent } = anEvaluationWorld();
      for (const [minute, inTrouble] of minutes.entries()) await history.append(sample(minute, inTrouble));
      await evaluateCluster(killedAfter(survives, evaluation), PROD).catch((killed: unknown) =>
        expect(killed).toBe(KILLED),
      );
      await evaluateCluster({ ...evaluation, warmRuns: new Map() }, PROD);
      expect([...new Set(tellings(sent))]).toEqual([
        'opened at sample 2',
        'recovered at sample 4',
        'opened at sample 5',
      ]);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
      expect(sent.length).toBeLessThanOrEqual(4);
    }
  });

  test('a notifier that refuses holds up only itself, and gets what it missed in order', async () => {
    const { evaluation, history, sent } = anEvaluationWorld();
    for (const [minute, inTrouble] of [true, false].entries()) await history.append(sample(minute, inTrouble));
    const late: Notice[] = [];
    let isDown = true;
    const flaky = {
      name: 'flaky',
      send: async (notice: Notice) => {
        if (isDown) throw new SluicegateError('NOTICE_REFUSED', 'the topic is gone');
        late.push(notice);
      },
    };
    const both = { ...evaluation, notifiers: [flaky, ...evaluation.notifiers] };
    expect(await evaluateCluster(both, PROD)).toMatchObject({ noticesSent: 2, noticesWaiting: 2 });
    await evaluateCluster(both, PROD);
    isDown = false;
    expect(await evaluateCluster(both, PROD)).toMatchObject({ noticesSent: 2, noticesWaiting: 0 });
    expect(tellings(sent)).toEqual(['opened at sample 1', 'recovered at sample 2']);
    expect(late).toEqual(sent);
  });

  test('a notifier that takes nothing is asked once an invocation, whatever there is to tell; one notice refused stands alone', async () => {
    const asked = async (code: 'NOTIFIER_UNAVAILABLE' | 'NOTICE_REFUSED') => {
      const { evaluation, history } = anEvaluationWorld();
      for (const minute of [0, 1]) await history.append(manyInTrouble(minute, 20));
      let times = 0;
      const down = {
        name: 'down',
        send: async () => {
          times += 1;
          throw new SluicegateError(code, 'not now');
        },
      };
      const outcome = await evaluateCluster({ ...evaluation, notifiers: [down] }, PROD);
      expect(outcome).toMatchObject({ samples: 2, noticesSent: 0, noticesWaiting: 20 });
      return times;
    };
    expect(await asked('NOTIFIER_UNAVAILABLE')).toBe(1);
    expect(await asked('NOTICE_REFUSED')).toBe(2 * 20);
  });

  test('a reading that fails altogether is told once it has lasted, and once only', async () => {
    const { evaluation, history, sent } = anEvaluationWorld(eagerSettings({ unreadableAfterMs: 5 * MINUTE }));
    await history.append(sample(0, true));
    await evaluateCluster(evaluation, PROD);
    for (let minute = 1; minute <= 20; minute += 1) {
      const unread = { slotMs: T0_MS + minute * MINUTE, why: 'no broker answered' };
      await evaluateCluster(evaluation, { cluster: 'prod', unread });
    }
    await history.append(sample(21, true));
    await evaluateCluster(evaluation, PROD);
    expect(sent.map(({ group, kind, transition, atMs }) => [group, kind, transition, (atMs - T0_MS) / 1_000])).toEqual([
      ['billing', 'STALLED', 'opened', 1],
      [null, 'UNREADABLE', 'opened', 360],
      [null, 'UNREADABLE', 'recovered', 1_261],
    ]);
    expect(sent[1]?.openedAtMs).toBe(T0_MS + MINUTE);
  });

  test('what is muted is told when the mute has ended, if it is still so', async () => {
    const { evaluation, history, sent } = anEvaluationWorld();
    await evaluation.mutes.put({ cluster: 'prod', groups: 'bill.*', untilMs: T0_MS + 2 * MINUTE });
    for (const minute of [0, 1, 2, 3]) await history.append(sample(minute, true));
    await evaluateCluster(evaluation, PROD);
    expect(tellings(sent)).toEqual(['opened at sample 3']);
    expect(sent[0]?.openedAtMs).toBe(T0_MS + 1_000);
  });
});
