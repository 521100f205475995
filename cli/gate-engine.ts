import { systemClock as clock } from '../lambdas/adapters/clock/system-clock.ts';
import { dynamoHistoryStore } from '../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoReleaseLedger } from '../lambdas/adapters/dynamodb/release-ledger.ts';
import { type Config, parseConfig } from '../lambdas/config/config.ts';
import { configuredGate } from '../lambdas/config/configured-gate.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import type { FreshReading } from '../lambdas/core/ports/fresh-reading.ts';
import type { HistoryStore } from '../lambdas/core/ports/history-store.ts';
import type { ReleaseLedger } from '../lambdas/core/ports/release-ledger.ts';
import { visible } from '../lambdas/core/visible.ts';
import { type Gate, openGate } from '../lambdas/gate/gate.ts';
import { takeSnapshot } from '../lambdas/snapshot/take-snapshot.ts';
import { readConfig } from './config-file.ts';
import { type ConnectionOptions, namedCluster, namesCluster, readerOf } from './connection-options.ts';
import { type TableOptions, tableOf } from './table-options.ts';

const READ_WITHIN_MS = 20_000;

/** The gate's engine in this process, over the deployed table; its own readings come from Kafka. */
export interface GateEngine {
  readonly gate: Gate;
  readonly ledger: ReleaseLedger;
}

/** @param options the configuration, if given, says how releases are judged and how long they are kept */
export async function gateEngine(options: ConnectionOptions & TableOptions): Promise<GateEngine> {
  const config = await configOf(options);
  const table = tableOf(options);
  const ledger = dynamoReleaseLedger({ table, clock, retentionMs: config.retention.releasesMs });
  const history = dynamoHistoryStore({ table, clock, retentionMs: config.retention.samplesMs });
  const gate = openGate({
    ledger,
    history,
    freshReading: namesCluster(options) ? readingOf(options, history) : NO_READING,
    settings: configuredGate(config),
    clock,
    warn: (message, error) => process.stderr.write(`sluicegate: ${message} (${visible((error as Error).message)})\n`),
  });
  return { gate, ledger };
}

/** What holds where no configuration is given: the defaults. */
async function configOf({ config: file }: ConnectionOptions): Promise<Config> {
  if (file !== undefined) return readConfig(file);
  return parseConfig({ clusters: [{ name: 'cluster', brokers: ['localhost:9092'] }] }, 'the defaults');
}

const readingOf = (options: ConnectionOptions, history: HistoryStore): FreshReading => ({
  async take({ cluster, slotMs }) {
    const reader = readerOf(await namedCluster({ ...options, cluster }));
    try {
      await takeSnapshot({ reader, history }, { slotMs, atMs: clock.nowMs(), deadlineMs: READ_WITHIN_MS });
    } finally {
      await reader.close();
    }
  },
});

const NO_READING: FreshReading = {
  take: async () => {
    throw new SluicegateError(
      'USAGE_INVALID',
      'its offsets are read from Kafka: give --brokers host:port, or --config FILE',
    );
  },
};
