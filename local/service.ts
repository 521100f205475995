import { createTable } from '../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoEvaluationStore } from '../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../lambdas/adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../lambdas/adapters/dynamodb/table.ts';
import type { Handler } from '../lambdas/adapters/lambda/define-handler.ts';
import { noMetrics } from '../lambdas/adapters/metrics/no-metrics.ts';
import type { ApiSources } from '../lambdas/api/answer.ts';
import { type Config, clusterNamed } from '../lambdas/config/config.ts';
import { configuredGate } from '../lambdas/config/configured-gate.ts';
import { configuredRuleset } from '../lambdas/config/configured-ruleset.ts';
import type { Notice } from '../lambdas/core/incident/notice.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';
import type { ClusterReader } from '../lambdas/core/ports/cluster-reader.ts';
import type { EvaluationStore } from '../lambdas/core/ports/evaluation-store.ts';
import type { ReleaseLedger } from '../lambdas/core/ports/release-ledger.ts';
import type { EvaluationOutcome } from '../lambdas/evaluate/evaluate-cluster.ts';
import { evaluateHandler } from '../lambdas/evaluate/evaluate-handler.ts';
import { directCaller } from '../lambdas/gate/callers/direct.ts';
import { httpCaller } from '../lambdas/gate/callers/http.ts';
import { gateHandler } from '../lambdas/gate/gate-handler.ts';
import { requestsFor } from '../lambdas/gate/request.ts';
import { snapshotHandler } from '../lambdas/snapshot/snapshot-handler.ts';
import type { SnapshotOutcome } from '../lambdas/snapshot/take-snapshot.ts';
import { startDynalite } from './dynalite.ts';
import { handlerReading } from './handler-reading.ts';
import { localPage } from './page.ts';
import type { StoreServer } from './store-server.ts';

/** The deployed functions over one cluster and a DynamoDB on this machine. */
export interface Service {
  readonly snapshot: Handler<SnapshotOutcome>;
  readonly evaluate: Handler<EvaluationOutcome>;
  /** By direct invoke, and over HTTP where there is a token. */
  readonly gate: Handler<unknown>;
  readonly evaluations: EvaluationStore;
  /** What the HTTP API answers from. */
  readonly answers: ApiSources;
  readonly releases: ReleaseLedger;
  /** Closes the reader's connections and forgets the table. */
  stop(): Promise<void>;
}

const TABLE = 'sluicegate';

/** Wires the real handlers as their entries on AWS do, with this machine's parts. */
export async function openService({
  config,
  reader,
  clock,
  tellNotice,
  gateToken = null,
  startStore = startDynalite,
}: {
  readonly config: Config;
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly tellNotice: (notice: Notice) => void;
  /** Opens the gate's routes; null: nobody may use them. */
  readonly gateToken?: (() => Promise<string>) | null;
  readonly startStore?: () => Promise<StoreServer>;
}): Promise<Service> {
  const store = await startStore();
  const location = { tableName: TABLE, endpoint: store.endpoint };
  await createTable(location);
  const table = openTable(location);
  const retentionMs = config.retention.samplesMs;
  const history = dynamoHistoryStore({ table, clock, retentionMs });
  const evaluations = dynamoEvaluationStore({ table, history, clock });
  const incidents = dynamoIncidentStore({ table, clock });
  const releases = dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs });
  const rulesetOf = (name: string) => configuredRuleset(config, name);
  const gateSettings = configuredGate(config);
  const requests = requestsFor(config.clusters.map(({ name }) => name));
  const sampleIntervalMsOf = (name: string) => clusterNamed(config, name).sampleIntervalMs;
  const snapshot = snapshotHandler({
    readerOf: async () => reader,
    history,
    ledger: releases,
    clock,
    sampleIntervalMsOf,
    gridMs: gateSettings.gridMs,
  });
  return {
    snapshot,
    gate: gateHandler({
      ledger: releases,
      history,
      freshReading: handlerReading(snapshot),
      settings: gateSettings,
      clock,
      callersOf: (gate, warn) => [
        ...(gateToken === null ? [] : [httpCaller({ gate, requests, readToken: gateToken, warn })]),
        directCaller(gate, requests),
      ],
    }),
    evaluate: evaluateHandler({
      history,
      evaluations,
      incidents,
      mutes: dynamoMuteStore({ table, clock }),
      releases,
      notifiers: [{ name: 'terminal', send: async (notice) => tellNotice(notice) }],
      rulesetOf,
      sampleIntervalMsOf,
      settings: config.notices,
      metrics: noMetrics,
      warmRuns: new Map(),
    }),
    evaluations,
    answers: { config, history, evaluations, incidents, releases, rulesetOf, clock, page: localPage() },
    releases,
    stop: async () => {
      await reader.close();
      await store.stop();
    },
  };
}
