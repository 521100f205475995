import { Command } from 'commander';
import { systemClock as clock } from '../lambdas/adapters/clock/system-clock.ts';
import { dynamoMuteStore } from '../lambdas/adapters/dynamodb/mute-store.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import type { MuteStore } from '../lambdas/core/ports/mute-store.ts';
import { visible } from '../lambdas/core/visible.ts';
import { durationArgument } from './durations.ts';
import { withExamples } from './examples.ts';
import { type TableOptions, tableOf, withTableOptions } from './table-options.ts';

interface Where extends TableOptions {
  readonly cluster: string;
  readonly json?: boolean;
}

/** `sluicegate mute`: nothing new about some groups until a certain time. */
export function muteCommand(): Command {
  const command = withTable(new Command('mute'))
    .description('tell nothing new about a group, or about every group that a pattern matches, for a while')
    .argument('<groups>', 'a group id, or a regular expression that matches whole ids')
    .requiredOption('--for <duration>', 'how long, as in 90m or 2h', durationArgument)
    .action(async (groups: string, options: Where & { readonly for: number }) => {
      const { cluster, json } = options;
      const untilMs = clock.nowMs() + options.for;
      await storeOf(options).put({ cluster, groups: checkedPattern(groups), untilMs });
      const until = new Date(untilMs).toISOString();
      say(json, { cluster, groups, untilMs }, `${groups} in ${cluster} is muted until ${until}`);
    });
  return withExamples(command, [
    ['during a planned migration', "mute 'billing-.*' --for 2h --cluster prod --table TABLE"],
  ]);
}

/** `sluicegate unmute`: the end of a mute, before its time. */
export function unmuteCommand(): Command {
  const command = withTable(new Command('unmute'))
    .description('end a mute before its time')
    .argument('<groups>', 'as they were muted')
    .action(async (groups: string, options: Where) => {
      const { cluster, json } = options;
      const ended = await storeOf(options).remove({ cluster, groups });
      say(
        json,
        { cluster, groups, ended },
        ended ? `${groups} in ${cluster} is told of again` : `${groups} in ${cluster} was not muted`,
      );
    });
  return withExamples(command, [['the migration is done', "unmute 'billing-.*' --cluster prod --table TABLE"]]);
}

const withTable = (command: Command): Command =>
  withTableOptions(command)
    .requiredOption('--cluster <name>', 'the cluster, by its name in the configuration')
    .option('--json', 'print JSON');

const storeOf = (where: Where): MuteStore => dynamoMuteStore({ table: tableOf(where), clock });

/** Refused here: evaluation could do nothing with it. */
function checkedPattern(groups: string): string {
  try {
    new RegExp(`^(?:${groups})$`, 'u');
    return groups;
  } catch (cause) {
    throw new SluicegateError(
      'USAGE_INVALID',
      `"${groups}" is not a regular expression (${(cause as Error).message})`,
      {
        cause,
      },
    );
  }
}

const say = (json: boolean | undefined, fields: object, sentence: string): boolean =>
  process.stdout.write(`${json ? JSON.stringify(fields) : visible(sentence)}\n`);
