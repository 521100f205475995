import { describe, expect, test } from 'vitest';
import { memoryEvaluationStore } from '../../lambdas/adapters/memory/evaluation-store.ts';
import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryIncidentStore } from '../../lambdas/adapters/memory/incident-store.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { type Evaluation, evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { scriptedRuleset } from '../builders/scripted-ruleset.ts';
import { aGroup, aSnapshot, T0_MS } from '../builders/snapshots.ts';

const MINUTE = 60_000;
const clock = { nowMs: () => T0_MS };

/** Everything that outlives an invocation, in memory. */
function aWorld() {
  const history = memoryHistoryStore({ clock, retentionMs: 365 * 24 * 60 * MINUTE });
  const notifier = memoryNotifier();
  const evaluation: Evaluation = {
    history,
    evaluations: memoryEvaluationStore(),
    incidents: memoryIncidentStore({ clock }),
    notifier,
    ruleset: scriptedRuleset,
    settings: { repeatIntervalMs: 60 * MINUTE },
    warmRuns: new Map(),
  };
  return { evaluation, history, sent: notifier.sent };
}

/** The sample of a minute in which `billing` is in trouble or not. */
const sample = (minute: number, inTrouble: boolean) => ({
  slotMs: T0_MS + minute * MINUTE,
  snapshot: aSnapshot({
    atMs: T0_MS + minute * MINUTE + 1_000,
    groups: new Map([['billing', aGroup({ committed: new Map([['script', [inTrouble ? 1 : 0]]]) })]]),
  }),
});

const tellings = (notices: readonly Notice[]) =>
  notices.map(({ transition, reason }) => `${transition} at ${reason?.sentence}`);

describe('evaluating a cluster', () => {
  test('takes every sample since the last one, in order, and tells what changed', async () => {
    const { evaluation, history, sent } = aWorld();
    for (const [minute, inTrouble] of [false, true, true, false].entries())
      await history.append(sample(minute, inTrouble));
    expect(await evaluateCluster(evaluation, 'prod')).toMatchObject({
      outcome: 'evaluated',
      samples: 4,
      noticesSent: 2,
    });
    expect(tellings(sent)).toEqual(['opened at sample 2', 'recovered at sample 4']);
    expect(await evaluation.evaluations.readPosition('prod')).toMatchObject({ slotMs: T0_MS + 3 * MINUTE });
  });

  test('a doubled invocation changes nothing', async () => {
    const { evaluation, history, sent } = aWorld();
    await history.append(sample(0, true));
    await evaluateCluster(evaluation, 'prod');
    expect(await evaluateCluster(evaluation, 'prod')).toMatchObject({ samples: 0, noticesSent: 0 });
    expect(sent).toHaveLength(1);
  });

  test('concurrent invocations tell each thing once, or twice with one id, and never open twice', async () => {
    const { evaluation, history, sent } = aWorld();
    for (const [minute, inTrouble] of [true, false].entries()) await history.append(sample(minute, inTrouble));
    const apart = { ...evaluation, warmRuns: new Map() };
    await Promise.all([evaluateCluster(evaluation, 'prod'), evaluateCluster(apart, 'prod')]);
    await evaluateCluster(evaluation, 'prod');
    expect([...new Set(sent.map(({ id }) => id))]).toHaveLength(2);
    expect(new Set(sent.map(({ incidentId }) => incidentId)).size).toBe(1);
  });

  test('cold and warm give the same verdicts', async () => {
    const { evaluation, history } = aWorld();
    await history.append(sample(0, false));
    await evaluateCluster(evaluation, 'prod');
    await history.append(sample(1, true));
    evaluation.warmRuns.clear();
    await evaluateCluster(evaluation, 'prod');
    const newest = await evaluation.evaluations.readVerdicts('prod');
    expect(newest?.verdicts[0]?.reason?.numbers).toEqual({ taken: 2 });
  });

  test('a checkpoint is written at first and then once an hour', async () => {
    const { evaluation, history } = aWorld();
    const checkpointAfter = async (minute: number) => {
      await history.append(sample(minute, false));
      await evaluateCluster(evaluation, 'prod');
      return (await evaluation.evaluations.readPosition('prod')).checkpoint?.memory;
    };
    expect(await checkpointAfter(0)).toBe(1);
    expect(await checkpointAfter(59)).toBe(1);
    expect(await checkpointAfter(60)).toBe(3);
  });

  test('while the notifier refuses, notices wait in order and the statuses go on', async () => {
    const { evaluation, history, sent } = aWorld();
    for (const [minute, inTrouble] of [true, false].entries()) await history.append(sample(minute, inTrouble));
    const down = { send: async () => Promise.reject(new SluicegateError('NOTICE_REFUSED', 'SNS is down')) };
    const outcome = await evaluateCluster({ ...evaluation, notifier: down }, 'prod');
    expect(outcome).toMatchObject({ outcome: 'evaluated', samples: 2, noticesSent: 0, noticesWaiting: 2 });
    expect(outcome.whyWaiting).toContain('SNS is down');
    expect(await evaluateCluster(evaluation, 'prod')).toMatchObject({ samples: 0, noticesSent: 2, noticesWaiting: 0 });
    expect(tellings(sent)).toEqual(['opened at sample 1', 'recovered at sample 2']);
  });

  test('killed at any write or sending, nothing is lost and nothing is told twice under another id', async () => {
    const minutes = [false, true, true, false, true];
    for (let survives = 0; survives < 40; survives += 1) {
      const { evaluation, history, sent } = aWorld();
      for (const [minute, inTrouble] of minutes.entries()) await history.append(sample(minute, inTrouble));
      await evaluateCluster(killedAfter(survives, evaluation), 'prod').catch((killed: unknown) =>
        expect(killed).toBe(KILLED),
      );
      await evaluateCluster({ ...evaluation, warmRuns: new Map() }, 'prod');
      expect([...new Set(tellings(sent))]).toEqual([
        'opened at sample 2',
        'recovered at sample 4',
        'opened at sample 5',
      ]);
      expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
      expect(sent.length).toBeLessThanOrEqual(4);
    }
  });
});

const KILLED = new Error('killed');

/** The same world, whose process dies at the operation after the first `survives`: before it happens, or just after. */
function killedAfter(survives: number, world: Evaluation): Evaluation {
  let left = survives;
  const mortal =
    <Arguments extends readonly unknown[], Result>(operation: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      left -= 1;
      if (left === -1) throw KILLED;
      const result = await operation(...given);
      left -= 1;
      if (left === -1) throw KILLED;
      return result;
    };
  return {
    ...world,
    incidents: { ...world.incidents, write: mortal(world.incidents.write) },
    evaluations: { ...world.evaluations, advance: mortal(world.evaluations.advance) },
    notifier: { send: mortal(world.notifier.send) },
  };
}
