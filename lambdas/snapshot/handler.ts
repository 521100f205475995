import { systemClock as clock } from '../adapters/clock/system-clock.ts';
import { dynamoHistoryStore } from '../adapters/dynamodb/history-store.ts';
import { dynamoReleaseLedger } from '../adapters/dynamodb/release-ledger.ts';
import { openTable } from '../adapters/dynamodb/table.ts';
import { bundledText, environmentVariable } from '../adapters/lambda/environment.ts';
import { readSecret } from '../adapters/secrets/read-secret.ts';
import { clusterNamed, parseConfigText } from '../config/config.ts';
import { configuredGate } from '../config/configured-gate.ts';
import { CONFIG_FILE, ENV } from '../contract.ts';
import { configuredReaders } from './configured-readers.ts';
import { snapshotHandler } from './snapshot-handler.ts';

const config = parseConfigText(bundledText(CONFIG_FILE), CONFIG_FILE);
const table = openTable({ tableName: environmentVariable(ENV.table) });

/** EventBridge schedule → one reading of one cluster → history. */
export const handler = snapshotHandler({
  readerOf: configuredReaders(config, { readSecret, clock }),
  history: dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs }),
  ledger: dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs }),
  sampleIntervalMsOf: (cluster) => clusterNamed(config, cluster).sampleIntervalMs,
  gridMs: configuredGate(config).gridMs,
  clock,
});
