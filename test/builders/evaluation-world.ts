import { memoryEvaluationStore } from '../../lambdas/adapters/memory/evaluation-store.ts';
import { memoryHistoryStore } from '../../lambdas/adapters/memory/history-store.ts';
import { memoryIncidentStore } from '../../lambdas/adapters/memory/incident-store.ts';
import { memoryMuteStore } from '../../lambdas/adapters/memory/mute-store.ts';
import { memoryNotifier } from '../../lambdas/adapters/memory/notifier.ts';
import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import { noMetrics } from '../../lambdas/adapters/metrics/no-metrics.ts';
import type { IncidentSettings } from '../../lambdas/core/incident/incident-settings.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { Evaluation } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { eagerSettings } from './incident-settings.ts';
import { scriptedRuleset } from './scripted-ruleset.ts';
import { T0_MS } from './snapshots.ts';

const clock = { nowMs: () => T0_MS };

/** Everything that outlives an invocation, in memory, and what was told. */
export interface EvaluationWorld {
  readonly evaluation: Evaluation;
  readonly history: ReturnType<typeof memoryHistoryStore>;
  readonly sent: readonly Notice[];
}

export function anEvaluationWorld(settings: IncidentSettings = eagerSettings()): EvaluationWorld {
  const history = memoryHistoryStore({ clock, retentionMs: 365 * 86_400_000 });
  const notifier = memoryNotifier();
  const evaluation: Evaluation = {
    history,
    evaluations: memoryEvaluationStore(),
    incidents: memoryIncidentStore({ clock }),
    mutes: memoryMuteStore({ clock }),
    releases: memoryReleaseLedger({ clock, retentionMs: 365 * 86_400_000 }),
    notifiers: [notifier],
    metrics: noMetrics,
    ruleset: scriptedRuleset,
    settings,
    warmRuns: new Map(),
    warn: () => {},
  };
  return { evaluation, history, sent: notifier.sent };
}

export const KILLED = new Error('killed');

/**
 * The same world, whose process dies at one of its awaits: before the operation happens, or just after. Every reading
 * and writing of a store and every sending counts twice; the last one that is survived is the `survives`th.
 */
export function killedAfter(survives: number, world: Evaluation): Evaluation {
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
  const { incidents, evaluations, mutes, notifiers } = world;
  return {
    ...world,
    incidents: { ...incidents, readAll: mortal(incidents.readAll), write: mortal(incidents.write) },
    evaluations: {
      ...evaluations,
      readPosition: mortal(evaluations.readPosition),
      advance: mortal(evaluations.advance),
    },
    mutes: { ...mutes, readAll: mortal(mutes.readAll) },
    notifiers: notifiers.map(({ name, send }) => ({ name, send: mortal(send) })),
  };
}
