import { systemClock as clock } from '../lambdas/adapters/clock/system-clock.ts';
import { dynamoHistoryStore } from '../lambdas/adapters/dynamodb/history-store.ts';
import { renderSnapshot } from '../lambdas/adapters/ndjson/snapshot-line.ts';
import { ENV } from '../lambdas/contract.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { readConfig } from './config-file.ts';
import type { LineWriter } from './output.ts';
import { tableOf } from './table-options.ts';

/** What is to be read out of the table, as the command line says it. */
export interface HistoryOptions {
  readonly group?: string;
  readonly since?: number;
  readonly table?: string;
  readonly endpoint?: string;
  readonly config?: string;
  readonly cluster?: string;
}

const SINCE_MS = 24 * 3_600_000;

/** Writes the stored samples of a cluster, or what they say of one group, oldest first. Says how many there were. */
export async function recordHistory(options: HistoryOptions, out: LineWriter): Promise<number> {
  const { group, since = SINCE_MS, table: tableName = process.env[ENV.table], endpoint } = options;
  if (tableName === undefined) {
    throw new SluicegateError(
      'USAGE_INVALID',
      `--history needs --table NAME (or ${ENV.table}): the stack's output TableName`,
    );
  }
  const cluster = await clusterOf(options);
  const nowMs = clock.nowMs();
  const table = tableOf({ table: tableName, ...(endpoint === undefined ? {} : { endpoint }) });
  // How long samples are kept is for the table to say: each of them carries its end.
  const history = dynamoHistoryStore({ table, clock, retentionMs: since });
  const range = { cluster, afterSlotMs: nowMs - since };
  let samples = 0;
  for await (const { snapshot } of group === undefined ? history.read(range) : history.readGroup({ ...range, group })) {
    await out.write(renderSnapshot(snapshot));
    samples += 1;
  }
  await out.flush();
  return samples;
}

/** The name under which samples are kept: a cluster need not be reachable, nor configured here. */
async function clusterOf({ config: file, cluster }: HistoryOptions): Promise<string> {
  if (cluster !== undefined) return cluster;
  const clusters = file === undefined ? [] : (await readConfig(file)).clusters;
  const [only, ...others] = clusters;
  if (only !== undefined && others.length === 0) return only.name;
  throw new SluicegateError(
    'USAGE_INVALID',
    'whose history? give --cluster NAME, as the configuration calls it, or --config FILE with only one',
  );
}
