import { systemClock as clock } from '../adapters/clock/system-clock.ts';
import { dynamoHistoryStore } from '../adapters/dynamodb/history-store.ts';
import { dynamoReleaseLedger } from '../adapters/dynamodb/release-ledger.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import { lambdaClient } from '../adapters/invoke/client.ts';
import { type SnapshotFunctions, snapshotInvocation } from '../adapters/invoke/snapshot-invocation.ts';
import { bundledText, environmentVariable } from '../adapters/lambda/environment.ts';
import { parseConfigText } from '../config/config.ts';
import { configuredGate } from '../config/configured-gate.ts';
import { CONFIG_FILE, ENV } from '../contract.ts';
import { configuredCallers } from './configured-callers.ts';
import { gateHandler } from './gate-handler.ts';
import { requestsFor } from './request.ts';

const config = parseConfigText(bundledText(CONFIG_FILE), CONFIG_FILE);
const table = openTable({ tableName: environmentVariable(ENV.table) });
const functions = JSON.parse(environmentVariable(ENV.snapshotFunctions)) as SnapshotFunctions;

/** An event of any caller → the ledger and the history → its answer. */
export const handler = gateHandler({
  ledger: dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs }),
  history: dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs }),
  freshReading: snapshotInvocation({ client: lambdaClient(), functions }),
  settings: configuredGate(config),
  clock,
  callersOf: configuredCallers(requestsFor(config.clusters.map(({ name }) => name)), clock),
});
