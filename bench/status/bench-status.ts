import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { burrowRuleset } from '../../lambdas/core/status/burrow/burrow-ruleset.ts';
import { defaultRuleset } from '../../lambdas/core/status/default/default-ruleset.ts';
import { writeSet } from '../histories/write-set.ts';
import { type LabelledHistory, labelledHistories } from './labelled-histories.ts';
import { measure } from './measure-ruleset.ts';
import { emptyScore } from './score.ts';
import { sensitivity } from './sensitivity.ts';
import { kindTable, summaryOf, summaryTable } from './summary.ts';

/**
 * How right the rules are, beside Burrow's: `--set DIR` takes labelled histories, otherwise `--count N` of them are
 * simulated and kept under .cache. `--show` prints each false alarm and each miss; `--sensitivity` measures the default rules with
 * every threshold a fifth smaller and larger.
 */
export async function benchStatus(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      set: { type: 'string' },
      count: { type: 'string', default: '120' },
      seed: { type: 'string', default: '1' },
      show: { type: 'boolean', default: false },
      sensitivity: { type: 'boolean', default: false },
    },
  });
  const directory = values.set ?? simulated(Number(values.count), Number(values.seed));
  if (values.sensitivity) await benchSensitivity(directory);
  else await benchRules(directory, values.show);
}

/** Simulating a day takes about as long as judging it a hundred times, so a set is made once. */
function simulated(count: number, seed: number): string {
  const directory = join('.cache', 'histories', `${seed}-${count}`);
  if (!existsSync(join(directory, 'index.json'))) {
    console.error(`simulating ${count} days into ${directory}`);
    writeSet(
      directory,
      Array.from({ length: count }, (_, number) => number),
      seed,
    );
  }
  return directory;
}

async function benchRules(directory: string, show: boolean): Promise<void> {
  const [ours, burrows] = [emptyScore(), emptyScore()];
  for await (const history of labelledHistories(directory)) {
    measure(ours, defaultRuleset(), history);
    measure(burrows, burrowRuleset(), history);
  }
  console.log(kindTable(ours));
  console.log(
    `\n${summaryTable([
      ['default', summaryOf(ours)],
      ['burrow, on polled offsets', summaryOf(burrows)],
    ])}`,
  );
  if (!show) return;
  for (const { file, group, atMs, kinds } of ours.falseAlarms) {
    console.log(`false alarm: ${file} ${group} at ${new Date(atMs).toISOString()}, ${kinds}`);
  }
  for (const { label, detected, rightKind } of ours.incidents) {
    if (detected && rightKind) continue;
    const { file, group, kind, variant, from, to } = label;
    const span = [from, to].map((atMs) => new Date(atMs).toISOString()).join(' to ');
    console.log(`${detected ? 'called otherwise' : 'missed'}: ${file} ${group} ${kind} (${variant}), ${span}`);
  }
}

async function benchSensitivity(directory: string): Promise<void> {
  const histories: LabelledHistory[] = await Array.fromAsync(labelledHistories(directory));
  for (const { name, factor, summary } of sensitivity(histories)) {
    console.log(
      summaryTable([[`${name} × ${factor}`, summary]])
        .split('\n')
        .at(-1),
    );
  }
}
