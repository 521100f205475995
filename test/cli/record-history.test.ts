import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import { snapshotOfGroup } from '../../lambdas/core/cluster/one-group.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { aBusySnapshot } from '../builders/busy-cluster.ts';
import { runCli } from './run-cli.ts';

const MINUTE_MS = 60_000;
const MINUTES_AGO = [180, 90, 30, 1];

describe('record --history', { timeout: 30_000 }, () => {
  const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  const stored = MINUTES_AGO.map((ago) => ({ ...aBusySnapshot(ago), atMs: nowMs - ago * MINUTE_MS + 3 }));

  let server: StoreServer;
  let where: readonly string[];
  beforeAll(async () => {
    server = await startDynalite();
    const location = { tableName: 'stored', endpoint: server.endpoint };
    await createTable(location);
    const clock = { nowMs: () => nowMs };
    const history = dynamoHistoryStore({ table: openTable(location), clock, retentionMs: 30 * 86_400_000 });
    for (const snapshot of stored) await history.append({ slotMs: snapshot.atMs - 3, snapshot });
    where = ['--cluster', 'prod', '--table', 'stored', '--endpoint', server.endpoint];
  });
  afterAll(() => server.stop());

  const lines = (text: string) => text.split('\n').filter((line) => line !== '');

  test('writes what was stored, oldest first, in the replay format', async () => {
    const { code, stdout } = await runCli(['record', '--history', ...where]);
    expect(code).toBe(0);
    expect(lines(stdout).map((line) => JSON.parse(line))).toEqual(
      stored.map((snapshot) => JSON.parse(renderSnapshot(snapshot))),
    );
  });

  test('goes back as far as it is told, and no further', async () => {
    const { stdout } = await runCli(['record', '--history', '--since', '2h', ...where]);
    expect(lines(stdout).map((line) => JSON.parse(line).at)).toEqual(stored.slice(1).map(({ atMs }) => atMs));
  });

  test('of one group it tells what concerns that group, and replay takes it', async () => {
    const { stdout } = await runCli(['record', '--history', '--group', 'billing', ...where]);
    expect(lines(stdout).map((line) => JSON.parse(line))).toEqual(
      stored.map((snapshot) => JSON.parse(renderSnapshot(snapshotOfGroup(snapshot, 'billing')))),
    );
    const replayed = await runCli(['replay', '-'], stdout);
    expect(new Set(lines(replayed.stdout).map((line) => JSON.parse(line).group))).toEqual(new Set(['billing']));
  });

  test('says when there is nothing', async () => {
    const [, , ...rest] = where;
    const { code, stdout, stderr } = await runCli(['record', '--history', '--cluster', 'prd', ...rest]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe('nothing is stored of that time: check --cluster, --since and --table\n');
  });
});

test.each([
  { why: 'no table', args: ['--history', '--cluster', 'prod'], says: '--history needs --table' },
  { why: 'no cluster', args: ['--history', '--table', 't'], says: 'whose history?' },
  { why: 'Kafka as well', args: ['--history', '--table', 't', '--brokers', 'k:9092'], says: 'leave out --brokers' },
  { why: 'a group of a live cluster', args: ['--brokers', 'k:9092', '--group', 'billing'], says: 'go with --history' },
])('$why is refused', async ({ args, says }) => {
  const { code, stderr } = await runCli(['record', ...args]);
  expect(code).toBe(2);
  expect(stderr).toContain(says);
});
