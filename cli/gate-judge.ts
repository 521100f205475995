import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { systemClock as clock } from '../lambdas/adapters/clock/system-clock.ts';
import { visible } from '../lambdas/core/visible.ts';
import { answerJson, type GateAnswer } from '../lambdas/gate/answer.ts';
import { withExamples } from './examples.ts';
import { DECISION_EXIT, EXIT, exitCodeOf } from './exit-code.ts';
import { gateEngine } from './gate-engine.ts';
import { type TableOptions, withTableOptions } from './table-options.ts';

interface Options extends TableOptions {
  readonly release: string;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `sluicegate gate judge`: the decision, in a line and in the exit code. */
export function judgeCommand(): Command {
  const command = withTableOptions(new Command('judge'))
    .description('may this release go on? By the samples in the table; nothing is read from Kafka')
    .requiredOption('--release <id>', 'the release, as "release start" named it')
    .option('--wait', 'ask again until there is a decision')
    .option('--json', 'print JSON, one object an answer')
    .action(judge);
  return withExamples(command, [
    ['in a pipeline, after the deployment', 'gate judge --release ID --table TABLE --wait'],
  ]).addHelpText(
    'after',
    '\nDecisions: exit 0 PROMOTE, 1 ROLLBACK, 4 CONTINUE, 5 INCONCLUSIVE; what is no decision ends as everywhere.',
  );
}

async function judge(options: Options): Promise<void> {
  const { gate } = await gateEngine(options);
  const ask = () => gate.judge({ releaseId: options.release });
  let said = '';
  for (;;) {
    const answer = options.wait ? await patient(ask) : await ask();
    const text = options.json ? JSON.stringify(answerJson(answer)) : linesOf(answer);
    // While one waits, the same again is no news.
    if (text !== said) process.stdout.write(`${text}\n`);
    said = text;
    if (!options.wait || answer.retryAfterSeconds === null) {
      process.exitCode = DECISION_EXIT[answer.decision];
      return;
    }
    await sleep(answer.retryAfterSeconds * 1_000);
  }
}

const PATIENCE_MS = 10 * 60_000;
const RETRY_MS = 10_000;

/** Whoever waits for a decision must not take a bad moment of the table for one. */
async function patient(ask: () => Promise<GateAnswer>): Promise<GateAnswer> {
  const sinceMs = clock.nowMs();
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (exitCodeOf(error) !== EXIT.couldNotRead || clock.nowMs() - sinceMs > PATIENCE_MS) throw error;
      process.stderr.write(`sluicegate: ${visible((error as Error).message)}; asking again\n`);
      await sleep(RETRY_MS);
    }
  }
}

const linesOf = ({ decision, reasons }: GateAnswer): string =>
  [decision, ...reasons.map(({ code, sentence }) => `  ${code}: ${visible(sentence)}`)].join('\n');
