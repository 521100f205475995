import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoMuteStore } from '../../lambdas/adapters/dynamodb/mute-store.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { runCli } from './run-cli.ts';

const HOUR_MS = 3_600_000;

describe('mute and unmute', { timeout: 30_000 }, () => {
  let server: StoreServer;
  beforeAll(async () => {
    server = await startDynalite();
  });
  afterAll(() => server.stop());

  let tableName: string;
  let tables = 0;
  beforeEach(async () => {
    tables += 1;
    tableName = `mutes-${tables}`;
    await createTable({ tableName, endpoint: server.endpoint });
  });

  const where = () => ['--cluster', 'prod', '--table', tableName, '--endpoint', server.endpoint];
  const mutesAt = (nowMs: number) =>
    dynamoMuteStore({
      table: openTable({ tableName, endpoint: server.endpoint }),
      clock: { nowMs: () => nowMs },
    }).readAll('prod');

  test('a mute lasts as long as was said, in the cluster that was named', async () => {
    const beforeMs = Date.now();
    const { code, stdout } = await runCli(['mute', 'billing-.*', '--for', '2h', ...where(), '--json']);
    expect(code).toBe(0);
    const { untilMs, ...said } = JSON.parse(stdout);
    expect(said).toEqual({ cluster: 'prod', groups: 'billing-.*' });
    expect(untilMs).toBeGreaterThanOrEqual(beforeMs + 2 * HOUR_MS);
    expect(untilMs).toBeLessThanOrEqual(Date.now() + 2 * HOUR_MS);
    expect(await mutesAt(untilMs - 1)).toEqual([{ cluster: 'prod', groups: 'billing-.*', untilMs }]);
    expect(await mutesAt(untilMs)).toEqual([]);
  });

  test('the table may stand in the environment, as it does for the functions', async () => {
    const there = ['--cluster', 'prod', '--endpoint', server.endpoint];
    const { code } = await runCli(['mute', 'billing', '--for', '2h', ...there], '', { SLUICEGATE_TABLE: tableName });
    expect(code).toBe(0);
    expect(await mutesAt(Date.now())).toHaveLength(1);
  });

  test('said again it gets another end, and is not two', async () => {
    await runCli(['mute', 'billing', '--for', '30m', ...where()]);
    await runCli(['mute', 'billing', '--for', '3h', ...where()]);
    const mutes = await mutesAt(Date.now() + 2 * HOUR_MS);
    expect(mutes.map(({ groups }) => groups)).toEqual(['billing']);
  });

  test('it ends before its time for the groups as they were named, and says whether there was any', async () => {
    await runCli(['mute', 'billing-.*', '--for', '2h', ...where()]);
    const other = await runCli(['unmute', 'billing-eu', ...where()]);
    expect(other).toMatchObject({ code: 0, stdout: 'billing-eu in prod was not muted\n' });
    expect(await mutesAt(Date.now())).toHaveLength(1);
    const same = await runCli(['unmute', 'billing-.*', ...where(), '--json']);
    expect(JSON.parse(same.stdout)).toEqual({ cluster: 'prod', groups: 'billing-.*', ended: true });
    expect(await mutesAt(Date.now() + 1)).toEqual([]);
    const twice = await runCli(['unmute', 'billing-.*', ...where()]);
    expect(twice.stdout).toBe('billing-.* in prod was not muted\n');
  });

  test.each([
    { why: 'no end', args: ['mute', 'billing'], code: 2, says: "required option '--for <duration>'" },
    { why: 'an end without a unit', args: ['mute', 'billing', '--for', '2'], code: 2, says: 'a number and a unit' },
    { why: 'an end that is now', args: ['mute', 'billing', '--for', '0s'], code: 2, says: 'a number and a unit' },
    { why: 'no group', args: ['unmute'], code: 2, says: "missing required argument 'groups'" },
    {
      why: 'a pattern that is none',
      args: ['mute', 'billing-(', '--for', '2h'],
      code: 2,
      says: '"billing-(" is not a regular expression',
    },
  ])('$why ends with exit $code and mutes nothing', async ({ args, code, says }) => {
    expect(await runCli([...args, ...where()])).toMatchObject({ code, stderr: expect.stringContaining(says) });
    expect(await mutesAt(Date.now())).toEqual([]);
  });

  test.each([
    { args: ['--table', 'not-there'], says: 'not-there' },
    { args: ['--endpoint', 'http://127.0.0.1:1'], says: '127.0.0.1:1' },
  ])('with $args it says what it could not reach, with exit 3', async ({ args, says }) => {
    const ended = await runCli(['unmute', 'billing', ...where(), ...args]);
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining(says) });
  });
});
