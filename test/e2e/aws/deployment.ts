import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ConfigInput } from '../../../lambdas/config/config.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import type { LambdaFunction } from '../../lambda-runtime/lambda-function.ts';
import { type RunningStack, runStack } from '../../lambda-runtime/running-stack.ts';
import { readSynthesisedStack } from '../../lambda-runtime/synthesised-stack.ts';
import type { AwsServices, Message } from './services.ts';

/** The stack of a configuration, synthesised as for AWS, its functions running here on the given services. */
export interface Deployment {
  readonly fireSchedule: RunningStack['fireSchedule'];
  readonly snapshot: LambdaFunction;
  readonly evaluate: LambdaFunction;
  /** What its notices topic has delivered so far to a queue, of one cluster, in order. */
  noticesOf(cluster: string): Promise<readonly Told[]>;
  /** What all of its functions have logged so far. */
  logLines(): readonly string[];
  /** Everything that its table holds. */
  tableContent(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** A notice as a subscriber gets it. */
export interface Told {
  readonly subject: string;
  readonly notice: Notice;
}

export async function deploy(config: ConfigInput, services: AwsServices): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'sluicegate-deployed-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const output = join(folder, 'cdk.out');
  const args = ['-s', 'run', 'synth', '--', '-c', `config=${join(folder, 'config.json')}`, '-o', output];
  await promisify(execFile)('npm', args);
  const synthesised = readSynthesisedStack(output);
  const table = await services.createTable(synthesised.table.schema);
  const topics = await Promise.all(synthesised.topicIds.map(async (id) => [id, await services.createTopic()] as const));
  const names = new Map([[synthesised.table.id, table], ...topics.map(([id, { arn }]) => [id, arn] as const)]);
  const stack = runStack(synthesised, names, services.environment);
  const named = (name: string): LambdaFunction => {
    const [one, ...more] = [...stack.functions.values()].filter(
      ({ spec }) => spec.environment['POWERTOOLS_SERVICE_NAME'] === name,
    );
    if (one === undefined || more.length > 0) throw new Error(`the stack has ${more.length + 1} functions ${name}`);
    return one;
  };
  const delivered: Message[] = [];
  return {
    fireSchedule: stack.fireSchedule,
    snapshot: named('snapshot'),
    evaluate: named('evaluate'),
    noticesOf: async (cluster) => {
      for (const [, { queue }] of topics) delivered.push(...(await queue.take()));
      return delivered
        .filter(({ MessageAttributes }) => MessageAttributes['cluster']?.Value === cluster)
        .map(({ Subject, Message: text }) => ({ subject: Subject, notice: JSON.parse(text) }));
    },
    logLines: () => [...stack.functions.values()].flatMap((one) => one.logLines()),
    tableContent: () => services.tableContent(table),
    stop: async () => {
      await stack.stop();
      await rm(folder, { recursive: true });
    },
  };
}
