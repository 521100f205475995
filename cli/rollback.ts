import { userInfo } from 'node:os';
import { Command } from 'commander';
import { systemClock as clock } from '../lambdas/adapters/clock/system-clock.ts';
import { dynamoReleaseLedger } from '../lambdas/adapters/dynamodb/release-ledger.ts';
import { kafkaRollbackCluster } from '../lambdas/adapters/kafka/kafka-rollback-cluster.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { rollbackJson } from '../lambdas/core/rollback/rollback-json.ts';
import { type RestoreDependencies, rollBackRelease } from '../lambdas/restore/roll-back-release.ts';
import { readConfig } from './config-file.ts';
import { type ConnectionOptions, namedCluster, namesCluster, withConnectionOptions } from './connection-options.ts';
import { withExamples } from './examples.ts';
import { EXIT } from './exit-code.ts';
import { needsSomebody, rollbackLines } from './report/rollback-report.ts';
import { showsColour } from './table.ts';
import { type TableOptions, tableOf, withTableOptions } from './table-options.ts';

interface Options extends ConnectionOptions, TableOptions {
  readonly release: string;
  readonly execute?: boolean;
  readonly json?: boolean;
}

/** `sluicegate rollback`: a group's offsets, back to where they were when a release began. */
export function rollbackCommand(): Command {
  const plan = withOptions(new Command('plan'))
    .description('show what a rollback of offsets would do: what is read again, what is lost, what is not undone')
    .action((options: Options) => rollBack(options, false));
  const apply = withOptions(new Command('apply'))
    .description('put the offsets back, while the group has no members; without --execute it only shows the plan')
    .option('--execute', 'do it')
    .action((options: Options) => rollBack(options, options.execute === true));
  const command = new Command('rollback')
    .description("put a group's offsets back to where they were when a release began")
    .addCommand(plan)
    .addCommand(apply);
  return withExamples(command, [
    ['what would be read again', 'rollback plan --release ID --table TABLE --config sluicegate.config.json'],
    ['once every consumer is stopped', 'rollback apply --release ID --table TABLE --brokers kafka-1:9092 --execute'],
  ]);
}

const withOptions = (command: Command): Command =>
  withConnectionOptions(
    withTableOptions(command.requiredOption('--release <id>', 'the release, as "release list" shows it')),
  ).option('--json', 'print JSON');

/** How long each of a look, a commit and another look may take. */
const STEP_DEADLINE_MS = 15_000;

async function rollBack(options: Options, execute: boolean): Promise<void> {
  if (!namesCluster(options)) {
    throw new SluicegateError('USAGE_INVALID', 'which cluster? give --brokers host:port, or --config FILE');
  }
  const rollback = await rollBackRelease(await dependenciesFor(options), {
    releaseId: options.release,
    execute,
    askedBy: { caller: 'cli', name: userInfo().username },
  });
  const lines = options.json
    ? [JSON.stringify(rollbackJson(rollback))]
    : rollbackLines(rollback, showsColour(process.stdout, process.env));
  process.stdout.write(`${lines.join('\n')}\n`);
  if (needsSomebody(rollback)) process.exitCode = EXIT.problemFound;
}

async function dependenciesFor(options: Options): Promise<RestoreDependencies> {
  const { config: file } = options;
  const { retention } = file === undefined ? (await namedCluster(options)).config : await readConfig(file);
  return {
    ledger: dynamoReleaseLedger({ table: tableOf(options), clock, retentionMs: retention.releasesMs }),
    async openCluster(cluster, group) {
      if ((options.cluster ?? cluster) !== cluster) {
        throw new SluicegateError(
          'USAGE_INVALID',
          `the release is of cluster "${cluster}", and --cluster says "${options.cluster}"`,
        );
      }
      const { connection } = await namedCluster({ ...options, cluster });
      return kafkaRollbackCluster(cluster, connection, group);
    },
    clock,
    deadlineMs: STEP_DEADLINE_MS,
  };
}
