import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ConfigInput } from '../../../lambdas/config/config.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import { arnHere, REGION } from '../../lambda-runtime/here.ts';
import type { InvocationResult } from '../../lambda-runtime/invocation.ts';
import type { LambdaFunction } from '../../lambda-runtime/lambda-function.ts';
import { type RunningStack, runStack } from '../../lambda-runtime/running-stack.ts';
import { readSynthesisedStack } from '../../lambda-runtime/synthesised-stack.ts';
import { type AwsCall, awsCallsOf } from './aws-calls.ts';
import type { AwsServices, Message } from './services.ts';
import { type Grant, readGrants } from './synthesised-grants.ts';

const RECORDER = new URL('../../lambda-runtime/record-calls.ts', import.meta.url).href;

/** The stack of a configuration, synthesised as for AWS, its functions running here on the given services. */
export interface Deployment {
  readonly fireSchedule: RunningStack['fireSchedule'];
  readonly snapshot: LambdaFunction;
  readonly evaluate: LambdaFunction;
  /** Any function, by its name or its logical id. */
  invoke(name: string, event: unknown): Promise<InvocationResult>;
  readonly tableName: string;
  /** What the functions have called so far. */
  calls(): readonly AwsCall[];
  /** What their roles allow. */
  readonly grants: readonly Grant[];
  /** Whether a resource of the template goes by this name or ARN here. */
  isNamed(name: string, id: string): boolean;
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

/** What a deployment may have beside its configuration. */
export interface DeploymentExtras {
  /** The program of another app, whose stack has the same name. */
  readonly app?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** The text of the stack's own secrets. */
  readonly secret?: string;
  /** ARNs by the ids that stand alone in what functions send: of deployments, and of tasks by their token. */
  readonly behind?: Readonly<Record<string, string>>;
}

export async function deploy(
  config: ConfigInput,
  services: AwsServices,
  { app, context = {}, environment = {}, secret = 'token', behind = {} }: DeploymentExtras = {},
): Promise<Deployment> {
  const folder = await mkdtemp(join(tmpdir(), 'sluicegate-deployed-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const output = join(folder, 'cdk.out');
  const contexts = Object.entries({ ...context, config: join(folder, 'config.json') });
  const args = [
    '-s',
    'run',
    'synth',
    '--',
    ...(app === undefined ? [] : ['--app', `node ${app}`]),
    ...contexts.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    '-o',
    output,
  ];
  await promisify(execFile)('npm', args, { env: { ...process.env, AWS_REGION: REGION } });
  const synthesised = readSynthesisedStack(output);
  const table = await services.createTable(synthesised.table.schema);
  const topics = await Promise.all(synthesised.topicIds.map(async (id) => [id, await services.createTopic()] as const));
  const secrets = synthesised.secretIds.map(async (id) => [id, await services.createSecret(secret)] as const);
  const names = new Map([
    [synthesised.table.id, table],
    ...topics.map(([id, { arn }]) => [id, arn] as const),
    ...(await Promise.all(secrets)),
    ...synthesised.roleIds.map((id) => [id, arnHere('iam', `role/${id}`)] as const),
  ]);
  const callsFile = join(folder, 'calls.ndjson');
  const recording = { NODE_OPTIONS: `--import=${RECORDER}`, SLUICEGATE_CALLS_FILE: callsFile };
  const stack = runStack(synthesised, names, { ...services.environment, ...environment, ...recording });
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
    grants: readGrants(output),
    calls: () =>
      readFileSync(callsFile, 'utf8')
        .trim()
        .split('\n')
        .flatMap((line) => awsCallsOf(JSON.parse(line), behind)),
    isNamed: (name, id) => name === id || names.get(id) === name,
    tableName: table,
    invoke: (name, event) => (stack.functions.get(name) ?? named(name)).invoke(event),
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
