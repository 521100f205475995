import fc from 'fast-check';
import { expect } from 'vitest';
import type { IncidentSettings } from '../../lambdas/core/incident/incident-settings.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { anEvaluationWorld, type EvaluationWorld, KILLED, killedAfter } from '../builders/evaluation-world.ts';
import { eagerSettings } from '../builders/incident-settings.ts';
import { SCRIPT } from '../builders/scripted-ruleset.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from '../builders/snapshots.ts';

const MINUTE_MS = 60_000;

export const COMMAND_SETTINGS: IncidentSettings = eagerSettings({
  repeatIntervalMs: 10 * MINUTE_MS,
  recoverAfterMs: 2 * MINUTE_MS,
  changeAfterMs: 2 * MINUTE_MS,
  expireAfterMs: 2 * MINUTE_MS,
  unreadableAfterMs: 3 * MINUTE_MS,
  storm: { groups: 2, withinMs: 4 * MINUTE_MS },
});

/** All that the model knows: the minute, and whether the notifier takes anything. */
export interface IncidentModel {
  minute: number;
  isDown: boolean;
}

/** The service under test, and one to which nothing ever happens: both see the same samples. */
export interface TwoWorlds {
  readonly disturbed: EvaluationWorld;
  readonly undisturbed: EvaluationWorld;
  readonly notifier: { isDown: boolean };
}

export function twoWorlds(): TwoWorlds {
  const notifier = { isDown: false };
  const disturbed = anEvaluationWorld(COMMAND_SETTINGS);
  const notifiers = disturbed.evaluation.notifiers.map(({ name, send }) => ({
    name,
    send: (notice: Notice) => (notifier.isDown ? Promise.reject(new Error('down')) : send(notice)),
  }));
  return {
    disturbed: { ...disturbed, evaluation: { ...disturbed.evaluation, notifiers } },
    undisturbed: anEvaluationWorld(COMMAND_SETTINGS),
    notifier,
  };
}

/** A new process: what was warm is gone. */
const fresh = ({ evaluation }: EvaluationWorld) => ({ ...evaluation, warmRuns: new Map() });

type Command = fc.AsyncCommand<IncidentModel, TwoWorlds>;

/** What a minute shows: by group what is committed to the script, null for a group that is absent. */
interface Shown {
  readonly groups: Readonly<Record<string, number | null>>;
  readonly failing: boolean;
}

/** A sample is taken and evaluated; the process may die on the way. */
const observed = (shown: Shown, { survives, minutes }: { survives: number | null; minutes: number }): Command => ({
  check: () => true,
  async run(model, { disturbed, undisturbed }) {
    model.minute += minutes;
    const slotMs = T0_MS + model.minute * MINUTE_MS;
    const sample = { slotMs, snapshot: snapshotOf(shown, slotMs + 1_000) };
    await disturbed.history.append(sample);
    await undisturbed.history.append(sample);
    await evaluateCluster(undisturbed.evaluation, { cluster: 'prod', unread: null });
    const evaluation = survives === null ? disturbed.evaluation : killedAfter(survives, fresh(disturbed));
    await evaluateCluster(evaluation, { cluster: 'prod', unread: null }).catch((error) => expect(error).toBe(KILLED));
    expectSound(disturbed.sent);
  },
  toString: () => `observed(${JSON.stringify(shown)}, +${minutes} min, survives ${survives})`,
});

const snapshotOf = ({ groups, failing }: Shown, atMs: number) =>
  aSnapshot({
    atMs,
    topics: new Map([['orders', [aLog(107)]]]),
    groups: new Map(
      Object.entries(groups).flatMap(([group, script]) =>
        script === null ? [] : [[group, aGroup({ committed: new Map([['script', [script]]]) })]],
      ),
    ),
    failures: failing ? [{ part: 'broker', broker: 'b-1:9092', code: 'TIMEOUT', message: 'b-1 does not answer' }] : [],
  });

/** Two invocations for nothing new, at the same time. */
const repeated: Command = {
  check: () => true,
  async run(_model, { disturbed }) {
    const task = { cluster: 'prod', unread: null };
    await Promise.all([evaluateCluster(fresh(disturbed), task), evaluateCluster(fresh(disturbed), task)]);
    expectSound(disturbed.sent);
  },
  toString: () => 'repeated',
};

const notifierFails = (isDown: boolean): Command => ({
  check: (model) => model.isDown !== isDown,
  async run(model, { notifier }) {
    model.isDown = isDown;
    notifier.isDown = isDown;
  },
  toString: () => `notifier ${isDown ? 'down' : 'up'}`,
});

const anyScript = fc.constantFrom(...Object.values(SCRIPT), null);

export const incidentCommands = fc.commands(
  [
    fc
      .record({
        groups: fc.record({ a: anyScript, b: anyScript }),
        failing: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
        minutes: fc.constantFrom(1, 1, 1, 5, 30),
        survives: fc.option(fc.nat(30), { freq: 2 }),
      })
      .map(({ minutes, survives, ...shown }) => observed(shown, { minutes, survives })),
    fc.constant(repeated),
    fc.boolean().map(notifierFails),
  ],
  { maxCommands: 60, size: 'max' },
);

/** Without what was told twice under one id, in the order of the first telling. */
export const onceEach = (sent: readonly Notice[]): readonly Notice[] => [
  ...new Map(sent.map((notice) => [notice.id, notice])).values(),
];

/** What holds of all that was told of each group, and of the cluster, at any time. */
export function expectSound(sent: readonly Notice[]): void {
  for (const notices of Map.groupBy(onceEach(sent), ({ group }) => group).values()) {
    let open: { readonly incidentId: string; readonly toldAtMs: number } | null = null;
    for (const { transition, incidentId, atMs } of notices) {
      expect(transition === 'opened').toBe(open === null);
      if (open !== null) expect(incidentId).toBe(open.incidentId);
      if (transition === 'reminded') {
        expect(atMs - (open?.toldAtMs ?? 0)).toBeGreaterThanOrEqual(COMMAND_SETTINGS.repeatIntervalMs);
      }
      open = transition === 'recovered' || transition === 'expired' ? null : { incidentId, toldAtMs: atMs };
    }
  }
}
