import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { Command, Option } from 'commander';
import { systemClock as clock } from '../lambdas/adapters/clock/system-clock.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { POLICIES } from '../lambdas/core/release/policies.ts';
import { STRATEGIES } from '../lambdas/core/release/release.ts';
import { answerJson } from '../lambdas/gate/answer.ts';
import { findRelease } from '../lambdas/gate/find-release.ts';
import { requestsFor } from '../lambdas/gate/request.ts';
import { type ConnectionOptions, namedCluster, withConnectionOptions } from './connection-options.ts';
import { withExamples } from './examples.ts';
import { gateEngine } from './gate-engine.ts';
import { releaseJson, releaseLines, releasesTable } from './report/releases.ts';
import { showsColour } from './table.ts';
import { type TableOptions, withTableOptions } from './table-options.ts';

interface Options extends ConnectionOptions, TableOptions {
  readonly json?: boolean;
}

interface StartOptions extends Options {
  readonly group: string;
  readonly strategy: string;
  readonly client?: string;
  readonly instance?: string;
  readonly host?: string;
  readonly deadline: string;
  readonly onInconclusive: string;
  readonly onBlind?: string;
  readonly onLowTraffic?: string;
  readonly execution?: string;
}

/** `sluicegate release`: the ledger. */
export const releaseCommand = (): Command =>
  new Command('release')
    .description('the ledger of releases: start and finish one, list and show them')
    .addCommand(startCommand())
    .addCommand(finishCommand())
    .addCommand(listCommand())
    .addCommand(showCommand());

const withTable = (command: Command): Command => withTableOptions(command).option('--json', 'print JSON');

function startCommand(): Command {
  const policy = (flags: string, what: string) => new Option(`${flags} <policy>`, what).choices(POLICIES);
  const command = withConnectionOptions(withTable(new Command('start')))
    .description("read a group's offsets from Kafka and open a release of it: do so before the new version starts")
    .requiredOption('--group <name>', 'the consumer group')
    .addOption(new Option('--strategy <name>', 'how it takes over').choices(STRATEGIES).makeOptionMandatory())
    .option('--client <pattern>', 'regular expression that the client ids of the new version match')
    .option('--instance <pattern>', 'the same for its instance ids')
    .option('--host <pattern>', 'the same for its hosts')
    .option('--deadline <duration>', 'how long after the start there must be a decision', '30m')
    .addOption(policy('--on-inconclusive', 'what an unclear case comes to').makeOptionMandatory())
    .addOption(policy('--on-blind', 'the same when the group could not be read (default: --on-inconclusive)'))
    .addOption(policy('--on-low-traffic', 'the same when only traffic was missing (default: --on-inconclusive)'))
    .option('--execution <id>', 'your own name for this run; the same one is the same release (default: a new one)')
    .action(start);
  return withExamples(command, [
    [
      'before a canary is deployed',
      "release start --config f --cluster prod --table TABLE --group orders --strategy canary --client '^orders-v2' --on-inconclusive rollback",
    ],
  ]);
}

async function start(options: StartOptions): Promise<void> {
  const { group, strategy, client, instance, host, deadline, onInconclusive, onBlind, onLowTraffic } = options;
  if (options.config === undefined && options.cluster === undefined) {
    throw new SluicegateError(
      'USAGE_INVALID',
      'with --brokers, name the cluster as the configuration does: --cluster NAME',
    );
  }
  const { cluster } = await namedCluster(options);
  const { pipeline: _, ...wish } = requestsFor([cluster.name]).start({
    cluster: cluster.name,
    group,
    strategy,
    canary: { client, instance, host },
    deadline,
    onInconclusive,
    onBlind,
    onLowTraffic,
    executionId: options.execution ?? randomUUID(),
  });
  const { gate } = await gateEngine(options);
  const askedBy = { caller: 'cli', name: userInfo().username };
  const answer = await gate.start({ ...wish, askedBy, requestId: null, isRollback: false });
  const sentence = `release ${answer.releaseId} of "${group}" in ${cluster.name} is open (attempt ${answer.attempt}); ask with: sluicegate gate judge --release ${answer.releaseId}`;
  print(options, answerJson(answer), [sentence]);
}

function finishCommand(): Command {
  const command = withConnectionOptions(withTable(new Command('finish')))
    .description('end a release, with its decision or without: its group is free for the next one')
    .requiredOption('--release <id>', 'the release, as "release list" shows it')
    .action(async (options: Options & { readonly release: string }) => {
      const { gate } = await gateEngine(options);
      const answer = await gate.finish({ releaseId: options.release });
      print(options, answerJson(answer), [`release ${answer.releaseId} is finished: ${answer.decision}`]);
    });
  return withExamples(command, [['nobody wants its decision', 'release finish --release ID --table TABLE --config f']]);
}

function listCommand(): Command {
  const command = withTable(new Command('list'))
    .description('releases of a cluster, the newest first')
    .requiredOption('--cluster <name>', 'the cluster, by its name in the configuration')
    .option('--group <name>', 'only those of this group')
    .option('--limit <n>', 'how many', limitArgument, 20)
    .option('--after <place>', 'go on where another list ended')
    .action(async (options: Options & { cluster: string; group?: string; limit: number; after?: string }) => {
      const { ledger } = await gateEngine(options);
      const { cluster, group, limit, after } = options;
      const { entries, next } = await ledger.list({ cluster, group, limit, after });
      const more = next === null ? [] : [`more: --after '${next}'`];
      const lines = [...releasesTable(entries, { colour: colour(), nowMs: clock.nowMs() }), ...more];
      print(options, { releases: entries.map(releaseJson), next }, lines);
    });
  return withExamples(command, [['what was released lately', 'release list --cluster prod --table TABLE']]);
}

function showCommand(): Command {
  const command = withTable(new Command('show'))
    .description('all that the ledger has about one release; its offsets with --json')
    .argument('<id>', 'the release, as "release list" shows it')
    .action(async (id: string, options: Options) => {
      const { ledger } = await gateEngine(options);
      const entry = await findRelease(ledger, { releaseId: id });
      print(options, entry, releaseLines(entry, colour()));
    });
  return withExamples(command, [['why it went back', 'release show ID --table TABLE']]);
}

function limitArgument(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= 100) return limit;
  throw new SluicegateError('USAGE_INVALID', `--limit: "${text}" is not a number from 1 to 100`);
}

const colour = (): boolean => showsColour(process.stdout, process.env);

const print = ({ json }: Options, value: unknown, lines: readonly string[]): boolean =>
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''));
