import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { BUNDLE_FILE, bundleInto } from '../../infra/function-bundles.ts';
import { EVALUATE_NODE_OPTIONS } from '../../infra/function-memory.ts';
import { CONFIG_FILE, ENV } from '../../lambdas/contract.ts';
import { startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { markdownTable } from '../scaled/markdown-table.ts';
import { runProgram } from '../scaled/run-program.ts';
import { CLUSTER } from '../scaled/scaled-cluster.ts';
import type { EvaluatedOnce } from './evaluate-once.ts';
import type { Prepared } from './prepare.ts';

const program = (name: string): string => join(import.meta.dirname, name);

const progress = (line: string): void => console.error(line);

/**
 * What a cold start of evaluate takes: the deployed bundle in a process of its own, on one core where that can be had,
 * DynamoDB Local outside of it. `--sizes` counts group-partitions, `--replayed` the samples since the checkpoint that it
 * has to take again; `--set DIR` takes the traffic of recorded days, otherwise days are simulated.
 */
export async function benchEvaluate(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sizes: { type: 'string', default: '1000,10000' },
      replayed: { type: 'string', default: '0,10' },
      set: { type: 'string' },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'sluicegate-bench-'));
  const sns = await startAcceptingServer();
  const store = await startDynamodbLocal(progress);
  try {
    await bundled(folder);
    const rows: string[][] = [];
    for (const size of values.sizes.split(',')) {
      for (const replayed of values.replayed.split(',')) {
        progress(`${size} group-partitions, ${replayed} samples since the checkpoint`);
        const tableName = `evaluate-${size}-${replayed}`;
        const given = [program('prepare.ts'), store.endpoint, tableName, size, replayed];
        const prepared = await runProgram<Prepared>(values.set === undefined ? given : [...given, values.set]);
        const once = await evaluatedOnce(prepared, { tableName, folder, store: store.endpoint, sns: sns.endpoint });
        rows.push(rowOf(prepared, replayed, once));
      }
    }
    console.log(markdownTable('A cold start of evaluate', HEAD, rows));
  } finally {
    await store.stop();
    sns.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const HEAD = ['group-partitions', 'groups', 'replayed', 'CPU ms: load', 'handler', 'in all', 'wall ms', 'peak MiB'];

const rowOf = ({ groupPartitions, groups }: Prepared, replayed: string, once: EvaluatedOnce): string[] => [
  `${groupPartitions}`,
  `${groups}`,
  replayed,
  once.loadCpuMs.toFixed(0),
  once.cpuMs.toFixed(0),
  (once.loadCpuMs + once.cpuMs).toFixed(0),
  once.wallMs.toFixed(0),
  once.peakMiB.toFixed(0),
];

const ONCE_FILE = 'evaluate-once.mjs';

/**
 * The function's code as it is deployed, and a configuration beside it; and what invokes it, as JavaScript: to strip its
 * types would cost the measured process 100 ms and 20 MiB.
 */
async function bundled(folder: string): Promise<void> {
  bundleInto('evaluate', folder);
  buildSync({
    entryPoints: [program('evaluate-once.ts')],
    outfile: join(folder, ONCE_FILE),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    logLevel: 'warning',
  });
  const config = { clusters: [{ name: CLUSTER, brokers: ['kafka.example:9092'] }] };
  await writeFile(join(folder, CONFIG_FILE), JSON.stringify(config));
}

async function evaluatedOnce(
  { minute }: Prepared,
  { tableName, folder, store, sns }: { tableName: string; folder: string; store: string; sns: string },
): Promise<EvaluatedOnce> {
  const env = {
    LAMBDA_TASK_ROOT: folder,
    NODE_OPTIONS: EVALUATE_NODE_OPTIONS,
    [ENV.table]: tableName,
    [ENV.topicArns]: 'arn:aws:sns:eu-west-1:123456789012:notices',
    AWS_REGION: 'local',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: store,
    AWS_ENDPOINT_URL_SNS: sns,
  };
  const oneCore = spawnSync('taskset', ['--version']).status === 0;
  if (!oneCore) progress('taskset is not there: the process may use every core');
  const once = await runProgram<EvaluatedOnce>([join(folder, ONCE_FILE), join(folder, BUNDLE_FILE), `${minute}`], {
    env,
    oneCore,
    heapMiB: null,
  });
  if (once.samples !== 1) throw new Error(`${once.samples} samples were evaluated instead of one`);
  return once;
}

/** Takes every notice: what evaluate sends it must reach somebody. */
async function startAcceptingServer(): Promise<{ readonly endpoint: string; stop(): void }> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.end(ACCEPTED));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => server.close() };
}

const ACCEPTED = '<PublishResponse><PublishResult><MessageId>taken</MessageId></PublishResult></PublishResponse>';
