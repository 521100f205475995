import { systemClock as clock } from '../adapters/clock/system-clock.ts';
import { dynamoEvaluationStore } from '../adapters/dynamodb/evaluation-store.ts';
import { dynamoHistoryStore } from '../adapters/dynamodb/history-store.ts';
import { dynamoIncidentStore } from '../adapters/dynamodb/incident-store.ts';
import { dynamoMuteStore } from '../adapters/dynamodb/mute-store.ts';
import { dynamoReleaseLedger } from '../adapters/dynamodb/release-ledger.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import { bundledText, environmentVariable } from '../adapters/lambda/environment.ts';
import { embeddedMetrics, writeToLog } from '../adapters/metrics/embedded-metrics.ts';
import { clusterNamed, parseConfigText } from '../config/config.ts';
import { configuredRuleset } from '../config/configured-ruleset.ts';
import { CONFIG_FILE, ENV } from '../contract.ts';
import { configuredNotifiers } from './configured-notifiers.ts';
import { evaluateHandler } from './evaluate-handler.ts';

const config = parseConfigText(bundledText(CONFIG_FILE), CONFIG_FILE);
const table = openTable({ tableName: environmentVariable(ENV.table) });
const history = dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs });

/** Destination record of `snapshot` → statuses, incidents, notices, metrics. */
export const handler = evaluateHandler({
  history,
  evaluations: dynamoEvaluationStore({ table, history, clock }),
  incidents: dynamoIncidentStore({ table, clock }),
  mutes: dynamoMuteStore({ table, clock }),
  releases: dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs }),
  notifiers: configuredNotifiers(config.notices, environmentVariable(ENV.topicArns).split(' ')),
  rulesetOf: (cluster) => configuredRuleset(config, cluster),
  sampleIntervalMsOf: (cluster) => clusterNamed(config, cluster).sampleIntervalMs,
  settings: config.notices,
  metrics: embeddedMetrics({ groups: config.cloudwatch.groups, clock, writeLine: writeToLog }),
  warmRuns: new Map(),
});
