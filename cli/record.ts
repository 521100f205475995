import { Command, Option } from 'commander';
import { renderSnapshot } from '../lambdas/adapters/ndjson/snapshot-line.ts';
import { type ConnectionOptions, namedCluster, readerOf, withConnectionOptions } from './connection-options.ts';
import { durationArgument } from './durations.ts';
import { withExamples } from './examples.ts';
import { describeFailure } from './failure.ts';
import { lineWriter } from './output.ts';
import { readingsOf, stopSignal, systemPace } from './readings.ts';

interface Options extends ConnectionOptions {
  readonly interval: number;
  readonly for?: number;
}

/** `sluicegate record`: snapshots of a cluster as NDJSON. */
export function recordCommand(): Command {
  const command = withConnectionOptions(new Command('record'))
    .description('write snapshots of a cluster to standard output, one a line, for replay or for a bug report')
    .addOption(
      new Option('--interval <duration>', 'time between two snapshots')
        .argParser(durationArgument)
        .default(60_000, '60s'),
    )
    .option('--for <duration>', 'how long to record (default: until Ctrl-C)', durationArgument)
    .option('--json', 'the output is JSON in any case; taken so that every command has it')
    .action(record);
  return withExamples(command, [
    ['one day of a cluster', 'record --brokers kafka-1:9092 --for 24h | gzip > day.ndjson.gz'],
    [
      'a snapshot every five seconds, judged as they come',
      'record --brokers kafka-1:9092 --interval 5s | sluicegate replay',
    ],
  ]);
}

async function record({ interval: intervalMs, for: forMs, ...connection }: Options): Promise<void> {
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
