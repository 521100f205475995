import { randomUUID } from 'node:crypto';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../../lambdas/adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { noMetrics } from '../../lambdas/adapters/metrics/no-metrics.ts';
import type { IncidentSettings } from '../../lambdas/core/incident/incident-settings.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import type { ClusterReader } from '../../lambdas/core/ports/cluster-reader.ts';
import type { Sample } from '../../lambdas/core/ports/history-store.ts';
import type { Notifier } from '../../lambdas/core/ports/notifier.ts';
import type { Ruleset } from '../../lambdas/core/status/ruleset.ts';
import { evaluateCluster } from '../../lambdas/evaluate/evaluate-cluster.ts';
import { evaluateHandler } from '../../lambdas/evaluate/evaluate-handler.ts';
import { snapshotHandler } from '../../lambdas/snapshot/snapshot-handler.ts';
import { invokeSlot, type SlotOutcome } from '../../local/invoke.ts';
import { anEvaluationWorld } from './evaluation-world.ts';
import { scriptedRuleset } from './scripted-ruleset.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from './snapshots.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 86_400_000;
const CLUSTER = 'prod';

/** The sample of a minute in which each group has committed so much to `script`-0: see scripted-ruleset.ts. */
export function aScriptedSample(minute: number, committed: Readonly<Record<string, number>>): Sample {
  const slotMs = T0_MS + minute * MINUTE_MS;
  const groups = Object.entries(committed).map(
    ([group, offset]) => [group, aGroup({ committed: new Map([['script', [offset]]]) })] as const,
  );
  const topics = new Map([['orders', [aLog(107)]]]);
  return { slotMs, snapshot: aSnapshot({ atMs: slotMs, topics, groups: new Map(groups) }) };
}

export interface StoredServiceParts {
  /** A DynamoDB, and the way to it that the functions take. */
  readonly store: string;
  readonly through: string;
  readonly notifier: Notifier;
  readonly settings: IncidentSettings;
  readonly ruleset?: Ruleset;
  /** What a reading of that slot gives. */
  readonly reader: (slotMs: number) => ClusterReader;
}

export interface StoredService {
  /** One slot, as AWS would run it. A cold run forgets all that a process remembers. */
  run(slotMs: number, how: { readonly isWarm: boolean }): Promise<SlotOutcome>;
  /** What is stored, past all faults. */
  kept(): Promise<Sample[]>;
  newestStatuses(): Promise<(readonly [string, string])[]>;
}

/** The real functions over a table of their own. */
export async function aStoredService(parts: StoredServiceParts): Promise<StoredService> {
  const { store, through, notifier, settings, ruleset = scriptedRuleset, reader } = parts;
  const location = { tableName: `lag-${randomUUID()}`, endpoint: store };
  await createTable(location);
  let nowMs = T0_MS;
  const clock = { nowMs: () => nowMs };
  const functionsOf = (endpoint: string) => {
    const table = openTable({ ...location, endpoint });
    const history = dynamoHistoryStore({ table, clock, retentionMs: YEAR_MS });
    const evaluations = dynamoEvaluationStore({ table, history, clock });
    const releases = dynamoReleaseLedger({ table, clock, retentionMs: YEAR_MS });
    const sampleIntervalMsOf = () => MINUTE_MS;
    const closer = { ledger: releases, clock, sampleIntervalMsOf, gridMs: MINUTE_MS };
    const snapshot = snapshotHandler({ readerOf: async () => reader(nowMs), history, ...closer });
    const evaluate = evaluateHandler({
      history,
      evaluations,
      incidents: dynamoIncidentStore({ table, clock }),
      mutes: dynamoMuteStore({ table, clock }),
      releases,
      notifiers: [notifier],
      rulesetOf: () => ruleset,
      sampleIntervalMsOf,
      settings,
      metrics: noMetrics,
      warmRuns: new Map(),
    });
    return { snapshot, evaluate, history, evaluations };
  };
  let process = functionsOf(through);
  const calm = functionsOf(store);
  return {
    async run(slotMs, { isWarm }) {
      nowMs = slotMs;
      if (!isWarm) process = functionsOf(through);
      return invokeSlot(process, { cluster: CLUSTER, slotMs, timeoutMs: 60_000 });
    },
    kept: () => Array.fromAsync(calm.history.read({ cluster: CLUSTER, afterSlotMs: Number.NEGATIVE_INFINITY })),
    newestStatuses: async () =>
      ((await calm.evaluations.readVerdicts(CLUSTER))?.verdicts ?? []).map(({ group, status }) => [group, status]),
  };
}

/** A reader that gives these samples, each at its slot. */
export const readerOfSamples = (samples: readonly Sample[]): ((slotMs: number) => ClusterReader) => {
  const bySlot = new Map(samples.map(({ slotMs, snapshot }) => [slotMs, snapshot]));
  const cost = { requests: 0, sentBytes: 0, receivedBytes: 0, cpuMs: 0, wallMs: 0 };
  return (slotMs) => ({
    read: async () => ({ snapshot: bySlot.get(slotMs) ?? aSnapshot(), cost }),
    close: async () => {},
  });
};

/** What the same samples lead to where nothing ever fails. */
export async function toldUndisturbed(
  samples: readonly Sample[],
  settings: IncidentSettings,
): Promise<readonly Notice[]> {
  const { evaluation, history, sent } = anEvaluationWorld(settings);
  for (const sample of samples) {
    await history.append(sample);
    await evaluateCluster(evaluation, { cluster: CLUSTER, unread: null });
  }
  return sent;
}
