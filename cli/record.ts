import { Command } from 'commander';
import { renderSnapshot } from '../lambdas/adapters/ndjson/snapshot-line.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { type ConnectionOptions, namedCluster, readerOf, withConnectionOptions } from './connection-options.ts';
import { durationArgument } from './durations.ts';
import { withExamples } from './examples.ts';
import { describeFailure } from './failure.ts';
import { lineWriter } from './output.ts';
import { readingsOf, stopSignal, systemPace } from './readings.ts';
import type { HistoryOptions } from './record-history.ts';

interface Options extends ConnectionOptions, HistoryOptions {
  readonly interval?: number;
  readonly for?: number;
  readonly history?: boolean;
}

const INTERVAL_MS = 60_000;

/** `sluicegate record`: snapshots of a cluster as NDJSON. */
export function recordCommand(): Command {
  const command = withConnectionOptions(new Command('record'))
    .description('write snapshots of a cluster to standard output, one a line, for replay or for a bug report')
    .option('--interval <duration>', 'time between two snapshots (default: 60s)', durationArgument)
    .option('--for <duration>', 'how long to record (default: until Ctrl-C)', durationArgument)
    .option('--history', "read what sluicegate has stored instead of Kafka: needs --table, and the cluster's name")
    .option('--since <duration>', 'with --history: how far back (default: 24h)', durationArgument)
    .option('--group <name>', 'with --history: one group, without reading all of the others')
    .option('--table <name>', "with --history: sluicegate's DynamoDB table, the stack's output TableName")
    .option('--endpoint <url>', 'with --history: another address of DynamoDB than that of the region')
    .option('--json', 'the output is JSON in any case; taken so that every command has it')
    .action((options: Options) => (options.history ? recordStored(options) : record(options)));
  return withExamples(command, [
    ['one day of a cluster', 'record --brokers kafka-1:9092 --for 24h | gzip > day.ndjson.gz'],
    [
      'a snapshot every five seconds, judged as they come',
      'record --brokers kafka-1:9092 --interval 5s | sluicegate replay',
    ],
    ['what was stored of a day, all groups', 'record --history --cluster prod --table TABLE > day.ndjson'],
    [
      'why that group was called out last night',
      'record --history --group billing --since 12h --cluster prod --table TABLE | sluicegate replay',
    ],
  ]);
}

/** Stored samples are read to the newest one and no further; how Kafka is to be read then means nothing. */
async function recordStored(options: Options): Promise<void> {
  const { brokers, bootstrapServer, commandConfig, interval, for: forMs, ...stored } = options;
  if ((brokers ?? bootstrapServer ?? commandConfig ?? interval ?? forMs) !== undefined) {
    throw new SluicegateError(
      'USAGE_INVALID',
      '--history reads the table, not Kafka: leave out --brokers, --command-config, --interval and --for',
    );
  }
  // Only now: recording needs no AWS, whose client takes longer to load than all the rest.
  const { recordHistory } = await import('./record-history.ts');
  const samples = await recordHistory(stored, lineWriter(process.stdout));
  if (samples === 0) process.stderr.write('nothing is stored of that time: check --cluster, --since and --table\n');
}

async function record(options: Options): Promise<void> {
  const { interval: intervalMs = INTERVAL_MS, for: forMs, since, group, table, endpoint, ...connection } = options;
  if ((since ?? group ?? table ?? endpoint) !== undefined) {
    throw new SluicegateError('USAGE_INVALID', '--since, --group, --table and --endpoint go with --history');
  }
  const reader = readerOf(await namedCluster(connection));
  const out = lineWriter(process.stdout);
  try {
    const plan = { intervalMs, forMs: forMs ?? null, signal: stopSignal(process), pace: systemPace };
    for await (const attempt of readingsOf(reader, plan)) {
      if (attempt.kind === 'failed') {
        // A recording may have gaps: a snapshot that is missing is a line that is missing.
        process.stderr.write(`${describeFailure(attempt.error)} (the recording goes on)\n`);
        continue;
      }
      await out.write(renderSnapshot(attempt.reading.snapshot));
      await out.flush();
    }
  } finally {
    await reader.close();
  }
}
