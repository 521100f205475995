import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../lambdas/adapters/clock/system-clock.ts';
import { startDemoCluster } from '../local/demo-cluster.ts';
import { runLocal } from '../local/run-local.ts';
import { servingOf } from '../local/serve-answers.ts';
import { jsonTeller } from '../local/tell/json-teller.ts';
import type { Teller } from '../local/tell/teller.ts';
import { wordsTeller } from '../local/tell/words-teller.ts';
import { readText } from './config-file.ts';
import {
  type ConnectionOptions,
  namedCluster,
  namesCluster,
  readerOf,
  withConnectionOptions,
} from './connection-options.ts';
import { durationArgument } from './durations.ts';
import { withExamples } from './examples.ts';
import { stopSignal } from './readings.ts';
import { showsColour } from './table.ts';

interface LocalOptions extends ConnectionOptions {
  readonly for?: number;
  readonly host: string;
  readonly port: number;
  readonly tokenFile?: string;
  readonly json?: true;
}

/** Reading a cluster that answers takes well under a second; who starts us waits for this at most. */
const FIRST_READ_MS = 10_000;

/** `sluicegate local`, also `npm start`: the whole service on this machine. */
export const localCommand = (): Command =>
  withExamples(
    withConnectionOptions(
      new Command('local').description(
        'the whole service on this machine: with --brokers or --config over your cluster, read only; without, over a real broker with a demo workload',
      ),
    )
      .option('--for <duration>', 'end by itself after this long, with a summary', durationArgument)
      .option('--host <address>', 'where the page is served; any but this machine alone needs a token', '127.0.0.1')
      .option('--port <port>', '0 takes any free port', portArgument, 8080)
      .option('--token-file <path>', 'ask for the token in this file; else for the one in SLUICEGATE_API_TOKEN, if set')
      .option('--json', 'one JSON object a line instead of words')
      .action(run),
    [
      ['the demo, until Ctrl-C', 'local'],
      ['the demo for three minutes, as JSON lines', 'local --for 180s --json'],
      ['watch your own cluster', 'local --brokers broker-1:9092'],
    ],
  );

async function run(options: LocalOptions): Promise<void> {
  // The handlers log as on Lambda; here the teller says what matters.
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
  const teller = tellerFor(options);
  const common = {
    serving: servingOf({ host: options.host, port: options.port, token: await tokenOf(options) }),
    forMs: options.for ?? null,
    teller,
    clock: systemClock,
  };
  if (namesCluster(options)) {
    const named = await namedCluster(options);
    const reader = readerOf(named);
    // A cluster that can't be read at all is told at once, before anything is started.
    await reader.read({ atMs: systemClock.nowMs(), deadlineMs: FIRST_READ_MS });
    const sentence = `Watching ${named.cluster.name} (${named.cluster.brokers.join(', ')}) every ${named.cluster.sampleIntervalMs / 1_000} s.`;
    return runLocal({ ...named, ...common, reader, sentence, startWorkload: null, signal: stopSignal(process) });
  }
  await using demo = await startDemoCluster({ progress: (line) => teller.progress(line), clock: systemClock });
  // Only now: until the broker runs, Ctrl-C ends everything at once, and the leashes see to the children.
  await runLocal({ ...demo, ...common, reader: readerOf(demo), signal: stopSignal(process) });
}

/** Null: none was given. Throws INPUT_UNREADABLE. */
const tokenOf = async ({ tokenFile }: LocalOptions): Promise<string | null> =>
  tokenFile === undefined ? (process.env['SLUICEGATE_API_TOKEN'] ?? null) : readText(tokenFile);

function tellerFor({ json }: LocalOptions): Teller {
  const { stdout, stderr } = process;
  if (json)
    return jsonTeller(
      (line) => void stdout.write(`${line}\n`),
      (line) => void stderr.write(`${line}\n`),
    );
  return wordsTeller((line) => void stdout.write(`${line}\n`), { colour: showsColour(stdout, process.env) });
}

function portArgument(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return port;
}
