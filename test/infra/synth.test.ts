import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { coldStartBytesOf } from '../../infra/bundle-size.ts';
import { lambdaFunction } from '../lambda-runtime/lambda-function.ts';

const run = promisify(execFile);

/** How a command that fails rejects. */
interface Failure {
  readonly code: number;
  readonly stderr: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluicegate-synth-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** As people do it: the CDK's command line, over a configuration file. */
async function synth(config: unknown) {
  const own = await mkdtemp(join(folder, "synth's "));
  const file = join(own, 'config.json');
  await writeFile(file, JSON.stringify(config));
  const output = join(own, 'cdk.out');
  const args = ['--no-install', 'cdk', 'synth', '--quiet', '-c', `config=${file}`, '-o', output];
  const said = await run('npx', args).catch((failure: Failure) => failure);
  return { output, said: said.stderr, code: 'code' in said ? said.code : 0 };
}

const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka-a1b2c3';
/** Everything that a snapshot function can need, in one function. */
const everything = {
  clusters: [
    { name: 'iam', brokers: ['b-1:9098'], authentication: { mechanism: 'msk-iam', region: 'eu-west-1' }, restore: {} },
    { name: 'scram', brokers: ['b-1:9096'], authentication: { mechanism: 'scram', credentials: { secretArn } } },
    { name: 'pattern', brokers: ['b-1:9092'], groups: { deny: ["it's `$HOME` \\\\d+"] } },
  ],
  notices: { eventBus: 'default', slack: { webhook: { secretArn } } },
};
const bare = { clusters: [{ name: 'prod', brokers: ['b-1:9092'] }] };

const report = z.object({
  pluginReports: z.array(
    z.object({
      conclusion: z.string(),
      suppressedViolations: z.array(z.object({ ruleName: z.string(), reason: z.string() })).default([]),
    }),
  ),
});

const aSpec = {
  name: 'one',
  arn: 'arn:aws:lambda:us-east-1:123456789012:function:one',
  handler: 'index.handler',
  environment: {
    AWS_REGION: 'us-east-1',
    SLUICEGATE_TABLE: 'table',
    SLUICEGATE_SLACK_WEBHOOK_ARN: secretArn,
    SLUICEGATE_API_TOKEN_ARN: secretArn,
    SLUICEGATE_SNAPSHOT_FUNCTIONS: '{}',
    SLUICEGATE_TOPIC_ARNS: 'arn:aws:sns:us-east-1:123456789012:notices',
  },
  timeoutMs: 20_000,
  memoryMb: 512,
};

const bundlesIn = (output: string): readonly string[] =>
  readdirSync(output).flatMap((name) => (name.startsWith('asset.') ? [join(output, name)] : []));

/** The token is changed by people, and the functions check it, not the API. */
const ALWAYS = ['AwsSolutions-SMG4', 'AwsSolutions-APIG4'];

describe.each([
  {
    what: 'a bare cluster',
    config: bare,
    acknowledged: ALWAYS,
    budgets: { evaluate: 600, snapshot: 700, api: 600, gate: 600 },
  },
  {
    what: 'every kind of cluster',
    config: everything,
    acknowledged: [...ALWAYS, ...Array(6).fill('AwsSolutions-IAM5[Resource::arn:…:kafka:…]')],
    budgets: { evaluate: 600, 'snapshot-msk-iam': 850, 'restore-msk-iam': 850, api: 600, slack: 600, gate: 600 },
  },
])('the stack of $what', ({ config, acknowledged, budgets }) => {
  let synthesised: Awaited<ReturnType<typeof synth>>;
  beforeAll(async () => {
    synthesised = await synth(config);
  });

  test('passes cdk-nag; what is acknowledged has its reason', () => {
    expect(synthesised).toMatchObject({ code: 0 });
    const text = readFileSync(join(synthesised.output, 'validation-report.json'), 'utf8');
    const reports = report.parse(JSON.parse(text)).pluginReports;
    expect(reports.filter(({ conclusion }) => conclusion !== 'success')).toEqual([]);
    const found = reports.flatMap(({ suppressedViolations }) => suppressedViolations);
    // The report leaves out a plugin that found nothing; that these are in it shows that cdk-nag ran.
    const rules = found.map(({ ruleName }) => ruleName.replace(/arn:.*:kafka:.*\]$/, 'arn:…:kafka:…]'));
    expect(rules.toSorted()).toEqual([...acknowledged].toSorted());
    for (const { reason } of found) expect(reason.length).toBeGreaterThan(40);
  });

  test('keeps each bundle within its budget, and says so', () => {
    const told = [...synthesised.said.matchAll(/^([\w-]+): (\d+) KB of (\d+) KB$/gm)].map(([, name, kb, maxKb]) => ({
      name,
      kb: Number(kb),
      maxKb: Number(maxKb),
    }));
    expect(told.map(({ name, maxKb }) => [name, maxKb])).toEqual(Object.entries(budgets));
    const sizes = bundlesIn(synthesised.output).map(coldStartBytesOf);
    expect(told.map(({ kb }) => kb).toSorted()).toEqual(sizes.map((bytes) => Math.ceil(bytes / 1_024)).toSorted());
    for (const { kb, maxKb } of told) expect(kb).toBeLessThanOrEqual(maxKb);
  });

  test('puts the configuration beside the code as it was written', () => {
    for (const bundle of bundlesIn(synthesised.output)) {
      expect(JSON.parse(readFileSync(join(bundle, 'sluicegate.config.json'), 'utf8'))).toEqual(config);
    }
  });

  // A package that is left out of a bundle stops it from loading, unless it is imported where it is used.
  test('makes bundles that load by themselves', async () => {
    const bundles = bundlesIn(synthesised.output);
    expect(bundles).toHaveLength(Object.keys(budgets).length);
    for (const code of bundles) {
      const one = lambdaFunction({ ...aSpec, code });
      const result = await one.invoke({ no: 'event of ours' });
      await one.stop();
      expect(result.payload).toMatchObject({
        errorMessage: expect.stringMatching(/an event (that it does not know|of no caller that it knows)/),
      });
    }
  });
});

/** What a command that bundles nothing runs, `cdk list` for one. */
async function runApp(context: Readonly<Record<string, unknown>>) {
  const own = await mkdtemp(join(folder, 'app-'));
  const env = { ...process.env, CDK_OUTDIR: own, CDK_CONTEXT_JSON: JSON.stringify(context) };
  const said = await run(process.execPath, ['infra/app.ts'], { env }).catch((failure: Failure) => failure);
  return { said: said.stderr, code: 'code' in said ? said.code : 0 };
}

// The line about sizes once looked for bundles that such a command does not make, and stopped it.
test('without bundling the app runs too', async () => {
  expect(await runApp({ 'aws:cdk:bundling-stacks': [] })).toMatchObject({ code: 0 });
});

test('a wrong configuration stops the synth with its paths, and no stack trace', async () => {
  const file = join(folder, 'wrong.json');
  await writeFile(file, JSON.stringify({ clusters: [{ name: 'prod', brokers: ['b-1:9092'], sampleInterval: '7m' }] }));
  const { code, said } = await runApp({ config: file });
  expect(code).toBe(2);
  expect(said).toContain('clusters[0].sampleInterval: 420s is no schedule: use 1, 2, 3');
  expect(said).not.toMatch(/^ +at /m);
});
