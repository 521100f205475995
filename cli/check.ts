import { Command, Option } from 'commander';
import { systemClock } from '../lambdas/adapters/clock/system-clock.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import type { ClusterReader } from '../lambdas/core/ports/cluster-reader.ts';
import { verdictsAtOneLook } from '../lambdas/core/status/one-look.ts';
import { RULESET_NAMES } from '../lambdas/core/status/ruleset.ts';
import { rulesetNamed } from '../lambdas/core/status/rulesets.ts';
import { type ConnectionOptions, namedCluster, readerOf, withConnectionOptions } from './connection-options.ts';
import { durationArgument } from './durations.ts';
import { withExamples } from './examples.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { deadlineFor, stopSignal, systemPace } from './readings.ts';
import { reportOf } from './report/group-report.ts';
import { hasProblem, reportLines, type View } from './report/show.ts';
import { showsColour } from './table.ts';
import { watchCluster } from './watch-cluster.ts';

interface Options extends ConnectionOptions {
  readonly group?: string;
  readonly watch?: boolean;
  readonly ruleset?: string;
  readonly interval?: number;
  readonly for?: number;
  readonly json?: boolean;
}

/** `sluicegate check`: which groups are in trouble, without any AWS. */
export function checkCommand(): Command {
  const command = withConnectionOptions(new Command('check'))
    .description('look at a cluster: groups with members, lag, time lag, and status where one look is enough')
    .option('--group <name>', 'one group and its partitions, with the columns of kafka-consumer-groups')
    .option('--watch', 'look again and again, and judge by the rules')
    .option('--interval <duration>', 'with --watch: time between two looks (default: 5s)', durationArgument)
    .option('--for <duration>', 'with --watch: how long (default: until Ctrl-C)', durationArgument)
    .addOption(
      new Option('--ruleset <name>', 'with --watch: the rules to judge by (default: default)').choices(RULESET_NAMES),
    )
    .option('--json', 'JSON, one object for each look')
    .action(async (options: Options) => {
      const exitCode = await check(options);
      if (exitCode !== EXIT.fine) process.exitCode = exitCode;
    });
  return withExamples(command, [
    ['is anything wrong?', 'check --brokers kafka-1:9092'],
    ['where does this group stand', 'check --brokers kafka-1:9092 --group billing'],
    ['real statuses, for as long as you look', 'check --config sluicegate.config.json --cluster prod --watch'],
    [
      'in a script: exit 1 if a group is in trouble after five minutes',
      'check --brokers kafka-1:9092 --watch --for 5m --json',
    ],
  ]);
}

async function check(options: Options): Promise<ExitCode> {
  const { group = null, json = false, watch: watching = false, ruleset, interval, for: forMs = null } = options;
  if (!watching && (interval ?? forMs ?? ruleset ?? null) !== null) {
    throw new SluicegateError(
      'USAGE_INVALID',
      '--interval, --for and --ruleset go with --watch: a single look has none',
    );
  }
  const named = await namedCluster(options);
  const view: View = { group, json, watching, colour: showsColour(process.stdout, process.env) };
  const reader = readerOf(named, { newestRecord: !watching });
  try {
    if (!watching) return await lookOnce(reader, view);
    return await watchCluster(reader, {
      view,
      ruleset: rulesetNamed(ruleset ?? 'default'),
      plan: { intervalMs: interval ?? 5_000, forMs, signal: stopSignal(process), pace: systemPace },
      screen: process.stdout,
    });
  } finally {
    await reader.close();
  }
}

async function lookOnce(reader: ClusterReader, view: View): Promise<ExitCode> {
  const { snapshot } = await reader.read({
    atMs: systemClock.nowMs(),
    deadlineMs: deadlineFor(Number.POSITIVE_INFINITY),
  });
  const report = reportOf(snapshot, verdictsAtOneLook(snapshot));
  process.stdout.write(`${reportLines(report, view).join('\n')}\n`);
  if (hasProblem(report, view)) return EXIT.problemFound;
  return snapshot.failures.length > 0 ? EXIT.couldNotRead : EXIT.fine;
}
