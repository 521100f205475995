import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BUNDLES, type BundleName } from '../../infra/function-bundles.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { ENV } from '../../lambdas/contract.ts';
import { startDynalite } from '../../local/dynalite.ts';
import { TOLD_NOTICES } from '../../test/builders/told-notices.ts';
import { startExecutionEnvironment } from '../../test/lambda-runtime/execution-environment.ts';
import { startStandIn } from './stand-in.ts';
import { emptyIn, oursOf, usualOf, type Variant } from './variants.ts';

const RUNS = 7;
const TABLE = 'cold-start';
const CONFIG = {
  clusters: [{ name: 'prod', brokers: ['127.0.0.1:1'], restore: {} }],
  notices: { slack: { webhook: { secretArn: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:hook-a1b2c3' } } },
};

/** What each is asked, on an empty table. Null: it would need a broker, and is only loaded. */
const eventsFor = (token: string): Readonly<Record<BundleName, object | null>> => ({
  snapshot: null,
  'snapshot-msk-iam': null,
  evaluate: {
    requestContext: { condition: 'Success' },
    requestPayload: { cluster: 'prod', slot: '2026-01-01T00:00:00Z' },
  },
  api: {
    rawPath: '/api/clusters',
    rawQueryString: '',
    headers: { authorization: `Bearer ${token}` },
    requestContext: { http: { method: 'GET' } },
  },
  gate: { action: 'preflight', group: 'billing' },
  slack: { Records: [{ Sns: { Message: JSON.stringify(Object.values(TOLD_NOTICES)[0]) } }] },
  restore: null,
  'restore-msk-iam': null,
});

/** `npm run bench -- cold-start`: loading, the first invocation and a warm one, of each bundle in both forms. */
export async function benchColdStart(): Promise<void> {
  const cache = resolve('.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'cold-start-'));
  const configFile = join(folder, 'config.json');
  writeFileSync(configFile, JSON.stringify(CONFIG));
  const [dynalite, standIn] = await Promise.all([startDynalite(), startStandIn((endpoint) => `${endpoint}/hook`)]);
  try {
    await createTable({ tableName: TABLE, endpoint: dynalite.endpoint });
    const events = eventsFor(`${standIn.endpoint}/hook`);
    const environment = environmentAt(dynalite.endpoint, standIn.endpoint);
    const empty = await measured(emptyIn(join(folder, 'empty')), {}, environment);
    console.log(`The runtime alone, before any code of ours: ${empty.initMs} ms. It is in every load below.\n`);
    console.log('| function | form | KB | load ms | first ms | warm ms |');
    console.log('| --- | --- | ---: | ---: | ---: | ---: |');
    for (const name of Object.keys(BUNDLES) as BundleName[]) {
      for (const [form, bundled] of Object.entries({ ours: oursOf, usual: usualOf })) {
        const variant = bundled(name, join(folder, `${name}-${form}`), configFile);
        const { initMs, firstMs, warmMs } = await measured(variant, events[name], environment);
        const kb = Math.ceil(variant.codeBytes / 1_024);
        console.log(`| ${name} | ${form} | ${kb} | ${initMs} | ${firstMs ?? '–'} | ${warmMs ?? '–'} |`);
      }
    }
  } finally {
    standIn.stop();
    await dynalite.stop();
    rmSync(folder, { recursive: true });
  }
}

const environmentAt = (dynamodb: string, others: string): Readonly<Record<string, string>> => ({
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_ENDPOINT_URL: others,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  [ENV.table]: TABLE,
  [ENV.topicArns]: 'arn:aws:sns:us-east-1:123456789012:notices',
  [ENV.slackWebhookArn]: CONFIG.notices.slack.webhook.secretArn,
  [ENV.apiTokenArn]: CONFIG.notices.slack.webhook.secretArn,
  [ENV.snapshotFunctions]: '{}',
});

interface Figures {
  readonly initMs: number;
  readonly firstMs: number | null;
  readonly warmMs: number | null;
}

/** The best of processes of its own: whatever else runs on the machine only ever adds. */
async function measured(
  { folder }: Variant,
  event: object | null,
  environment: Readonly<Record<string, string>>,
): Promise<Figures> {
  const inits: number[] = [];
  const firsts: number[] = [];
  const warms: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const spec = {
      name: 'bench',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:bench',
      code: folder,
      handler: 'index.handler',
      environment,
      timeoutMs: 20_000,
      memoryMb: 512,
    };
    const startedAt = performance.now();
    const process = await startExecutionEnvironment(spec, () => undefined);
    await process.loaded();
    inits.push(performance.now() - startedAt);
    for (const times of event === null ? [] : [firsts, warms]) {
      const askedAt = performance.now();
      await process.invoke(event);
      times.push(performance.now() - askedAt);
    }
    await process.stop();
  }
  return { initMs: best(inits) ?? 0, firstMs: best(firsts), warmMs: best(warms) };
}

const best = (values: readonly number[]): number | null =>
  values.length === 0 ? null : Math.round(Math.min(...values));
