import { systemClock as clock } from '../adapters/clock/system-clock.ts';
import { dynamoEvaluationStore } from '../adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../adapters/dynamodb/mute-store.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import type { Handler } from '../adapters/lambda/define-handler.ts';
import { bundledText, environmentVariable } from '../adapters/lambda/environment.ts';
import { emitCount } from '../adapters/metrics/embedded-metric.ts';
import { parseConfigText } from '../config/config.ts';
import { configuredRuleset } from '../config/configured-ruleset.ts';
import { CONFIG_FILE, ENV, METRICS } from '../contract.ts';
import { configuredNotifiers } from './configured-notifiers.ts';
import type { EvaluationOutcome } from './evaluate-cluster.ts';
import { evaluateHandler } from './evaluate-handler.ts';

const config = parseConfigText(bundledText(CONFIG_FILE), CONFIG_FILE);
const table = openTable({ tableName: environmentVariable(ENV.table) });
const history = dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs });
const evaluate = evaluateHandler({
  history,
  evaluations: dynamoEvaluationStore({ table, history, clock }),
  incidents: dynamoIncidentStore({ table, clock }),
  mutes: dynamoMuteStore({ table, clock }),
  notifiers: configuredNotifiers(config.notices, environmentVariable(ENV.topicArns).split(' ')),
  rulesetOf: (cluster) => configuredRuleset(config, cluster),
  settings: config.notices,
  warmRuns: new Map(),
});

/** Destination record of `snapshot` → statuses, incidents, notices; and the sign of life that an alarm waits for. */
export const handler: Handler<EvaluationOutcome> = async (event, context) => {
  const outcome = await evaluate(event, context);
  emitCount({ ...METRICS.samplesJudged, of: outcome.cluster, value: outcome.samples, atMs: clock.nowMs() });
  return outcome;
};
