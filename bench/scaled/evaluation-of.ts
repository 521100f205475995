import { dynamoEvaluationStore } from '../../lambdas/adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../../lambdas/adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../../lambdas/adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { noMetrics } from '../../lambdas/adapters/metrics/no-metrics.ts';
import { noticeDefaults } from '../../lambdas/config/config.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import { defaultRuleset } from '../../lambdas/core/status/default/default-ruleset.ts';
import type { Evaluation } from '../../lambdas/evaluate/evaluate-cluster.ts';

/** The default rules over a table, with nobody to tell. */
export function evaluationOf(table: Table, clock: Clock): Evaluation {
  const history = dynamoHistoryStore({ table, clock, retentionMs: 30 * 86_400_000 });
  return {
    history,
    evaluations: dynamoEvaluationStore({ table, history, clock }),
    incidents: dynamoIncidentStore({ table, clock }),
    mutes: dynamoMuteStore({ table, clock }),
    releases: dynamoReleaseLedger({ table, clock, retentionMs: 30 * 86_400_000 }),
    notifiers: [],
    metrics: noMetrics,
    ruleset: defaultRuleset(),
    settings: noticeDefaults(),
    warmRuns: new Map(),
    warn: (message, facts) => console.error(message, facts),
  };
}
