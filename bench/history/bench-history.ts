import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { runProgram } from '../scaled/run-program.ts';
import type { Life } from './life.ts';
import { bytesTable, costTable, readTable } from './tables.ts';

const LIFE = join(import.meta.dirname, 'life.ts');

const progress = (line: string): void => console.error(line);

/** How long each size is lived: beyond the last row of one size the next applies. */
const PLANS = [
  { upTo: 20_000, minutes: 170, measured: 120, evaluate: true },
  { upTo: 200_000, minutes: 46, measured: 10, evaluate: true },
  { upTo: Number.POSITIVE_INFINITY, minutes: 4, measured: 3, evaluate: false },
];

/**
 * What history costs at several sizes: bytes of each kind of item, capacity as DynamoDB Local reports it, CPU and
 * memory, beside one item a group-partition and minute. `--set DIR` takes the traffic of recorded days, otherwise days
 * are simulated; `--sizes` counts group-partitions. Each size is lived in a process of its own.
 */
export async function benchHistory(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { sizes: { type: 'string', default: '1000,10000' }, set: { type: 'string' } },
  });
  const store = await startDynamodbLocal(progress);
  try {
    const lives: Life[] = [];
    for (const size of values.sizes.split(',').map(Number)) {
      const plan = PLANS.find(({ upTo }) => size <= upTo);
      if (plan === undefined) throw new Error(`no plan for ${size}`);
      progress(`${size} group-partitions, ${plan.minutes} minutes of them`);
      const options = ['--endpoint', store.endpoint, '--size', `${size}`, '--minutes', `${plan.minutes}`];
      if (values.set !== undefined) options.push('--set', values.set);
      if (plan.evaluate) options.push('--evaluate');
      lives.push(await runProgram<Life>([LIFE, ...options, '--measured', `${plan.measured}`]));
    }
    console.log([bytesTable(lives), costTable(lives), readTable(lives)].join('\n\n'));
  } finally {
    await store.stop();
  }
}
