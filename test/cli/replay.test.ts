import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderRelease } from '../../lambdas/adapters/ndjson/release-line.ts';
import { renderSnapshot } from '../../lambdas/adapters/ndjson/snapshot-line.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { aReleaseStory } from '../builders/release-story.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../builders/snapshots.ts';
import { runCli, startCli } from './run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluicegate-replay-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('replay', { timeout: 30_000 }, () => {
  test('gives a line per snapshot and group, with the reason once it is not OK', async () => {
    const { code, stdout, stderr } = await runCli(['replay', '--ruleset', 'burrow', '-'], recording(stalling(12)));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = parsed(stdout);
    expect(lines).toHaveLength(12);
    expect(lines[0]).toEqual({
      at: T0_MS,
      cluster: 'prod',
      group: 'billing',
      status: 'OK',
      kind: null,
      partitions: { orders: ['OK'] },
      lagMessages: 0,
      timeLagMs: 0,
    });
    expect(lines[11]).toEqual({
      at: T0_MS + 11 * MINUTE_MS,
      cluster: 'prod',
      group: 'billing',
      status: 'ERR',
      kind: 'STALLED',
      partitions: { orders: ['STALLED'] },
      lagMessages: 1_000,
      timeLagMs: 9 * MINUTE_MS,
      timeLagAtLeast: true,
      rule: 'stalled',
      reason: 'orders-0: the committed offset stands at 100 for 9 min; 1,000 messages wait',
      numbers: { committedOffset: 100, unchangedMs: 9 * MINUTE_MS, lagMessages: 1_000 },
    });
  });

  test('keeps clusters apart, also in one stream, and reads files one after the other', async () => {
    const [prod, test] = [stalling(12), stalling(12).map((snapshot) => ({ ...snapshot, cluster: 'test' }))];
    const first = await fileOf('first.ndjson', recording(prod.slice(0, 6).concat(test.slice(0, 3))));
    const second = await fileOf('second', gzipSync(recording(prod.slice(6).concat(test.slice(3, 8)))));
    const lines = parsed((await runCli(['replay', '--ruleset', 'burrow', first, second])).stdout);
    expect(lines.filter(({ cluster }) => cluster === 'prod').at(-1)).toMatchObject({ status: 'ERR' });
    expect(lines.filter(({ cluster }) => cluster === 'test').at(-1)).toMatchObject({ status: 'OK' });
  });

  test('repeats the last verdict for a line that is doubled or late, and goes on as if it were not there', async () => {
    const snapshots = stalling(13);
    const [early = aSnapshot(), last = aSnapshot()] = [snapshots[3], snapshots[11]];
    const stuttering = recording([...snapshots.slice(0, 12), last, early, ...snapshots.slice(12)]);
    const [straight, repeated] = await Promise.all([
      runCli(['replay', '--ruleset', 'burrow'], recording(snapshots)),
      runCli(['replay', '--ruleset', 'burrow'], stuttering),
    ]);
    const lines = parsed(repeated.stdout);
    expect(lines.toSpliced(12, 2)).toEqual(parsed(straight.stdout));
    expect(lines[12]).toEqual(lines[11]);
    expect(lines[13]).toEqual({ ...lines[11], at: early.atMs });
  });

  test('writes what a line leads to before the next one comes', async () => {
    const child = startCli(['replay', '--ruleset', 'burrow']);
    const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
    for (const snapshot of stalling(2)) {
      child.stdin.write(`${renderSnapshot(snapshot)}\n`);
      expect(JSON.parse(String((await answers.next()).value))).toMatchObject({ at: snapshot.atMs });
    }
    child.stdin.end();
    await once(child, 'close');
  });

  test('prints the notices that would have been sent, when asked', async () => {
    const { stdout } = await runCli(['replay', '--ruleset', 'burrow', '--notices'], recording(stalling(14)));
    const notices = parsed(stdout).flatMap(({ notice }) => (notice === undefined ? [] : [notice]));
    expect(notices).toMatchObject([
      { transition: 'opened', cluster: 'prod', group: 'billing', kind: 'STALLED', atMs: T0_MS + 11 * MINUTE_MS },
    ]);
  });

  test('takes the ruleset from a configuration', async () => {
    const config = { clusters: [{ name: 'prod', brokers: ['localhost:9092'] }], ruleset: 'burrow' };
    const file = await fileOf('config.json', JSON.stringify(config));
    const { code, stdout } = await runCli(['replay', '--config', file], recording(stalling(12)));
    expect({ code, last: parsed(stdout).at(-1) }).toMatchObject({ code: 0, last: { rule: 'stalled' } });
  });

  test('answers for each open release as well, from its start up to its final decision', async () => {
    const { release, snapshots } = aReleaseStory({ until: 16 });
    const isBefore = ({ atMs }: ClusterSnapshot): boolean => atMs < release.startedAtMs;
    const before = recording(snapshots.filter(isBefore));
    const after = recording(snapshots.filter((snapshot) => !isBefore(snapshot)));
    const { code, stdout } = await runCli(['replay'], `${before}${renderRelease(release)}\n${after}`);
    const lines = parsed(stdout);
    const judged = lines.filter((line) => line['release'] !== undefined);
    expect({ code, verdicts: lines.length - judged.length, judgements: judged.length }).toEqual({
      code: 0,
      verdicts: snapshots.length,
      judgements: 15,
    });
    expect(judged[0]).toMatchObject({ at: T0_MS, release: 'r-1', decision: 'CONTINUE' });
    expect(judged.at(-1)).toMatchObject({ at: T0_MS + 14 * MINUTE_MS, decision: 'PROMOTE' });
  });

  test('judges a release in the cluster that has its group', async () => {
    const { release, snapshots } = aReleaseStory({ until: 12 }, (frame) => {
      if (frame.minute >= 3) frame.committed[0] = (frame.ends[0] ?? 0) - 20_000;
    });
    const both = snapshots.flatMap((snapshot) => [snapshot, { ...snapshot, cluster: 'test', groups: new Map() }]);
    const { stdout } = await runCli(['replay'], `${renderRelease(release)}\n${recording(both)}`);
    const judged = parsed(stdout).filter((line) => line['release'] !== undefined);
    expect(judged.at(-1)).toMatchObject({ decision: 'ROLLBACK', reasons: [{ code: 'REWIND' }] });
  });

  test.each([
    {
      why: 'a malformed line',
      args: ['-'],
      input: `${recording(stalling(2))}{"at":1}\n`,
      code: 2,
      says: 'stdin line 3: /cluster is missing',
    },
    {
      why: 'no such file',
      args: ['none.ndjson'],
      input: '',
      code: 3,
      says: 'could not read none.ndjson: there is no such file',
    },
    {
      why: 'no such ruleset',
      args: ['--ruleset', 'kminion'],
      input: '',
      code: 2,
      says: 'Allowed choices are default, burrow',
    },
    {
      why: 'no such configuration',
      args: ['--config', 'none.json'],
      input: '',
      code: 3,
      says: "none.json can't be read",
    },
  ])('$why ends with exit $code and one line', async ({ args, input, code, says }) => {
    const ended = await runCli(['replay', ...args], input);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(/^sluicegate: [^\n]+\n$/);
    expect(ended.stderr).toContain(says);
  });

  test('an input without a snapshot is said to be one', async () => {
    const { code, stdout, stderr } = await runCli(['replay'], '');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('no snapshot in the input');
  });

  test('what was judged before a malformed line is not lost', async () => {
    const { stdout } = await runCli(['replay'], `${recording(stalling(2))}nonsense\n`);
    expect(parsed(stdout).map(({ at }) => at)).toEqual([T0_MS, T0_MS + MINUTE_MS]);
  });

  test('ends quietly when nobody reads any more', async () => {
    const child = startCli(['replay', '--ruleset', 'burrow', await fileOf('long.ndjson', recording(stalling(3_000)))]);
    const errors: string[] = [];
    child.stderr.on('data', (chunk) => errors.push(String(chunk)));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = await once(child, 'close');
    expect({ code, errors }).toEqual({ code: 0, errors: [] });
  });
});

const MINUTE_MS = 60_000;

/** One group that keeps up for two minutes and then stands still. */
function stalling(count: number): ClusterSnapshot[] {
  return Array.from({ length: count }, (_, minute) =>
    aSnapshot({
      atMs: T0_MS + minute * MINUTE_MS,
      topics: new Map([['orders', [aLog(minute * 100)]]]),
      groups: new Map([
        [
          'billing',
          aGroup({
            members: [aMember({ assigned: new Map([['orders', [0]]]) })],
            committed: new Map([['orders', [Math.min(100, minute * 100)]]]),
          }),
        ],
      ]),
    }),
  );
}

const recording = (snapshots: readonly ClusterSnapshot[]): string =>
  snapshots.map((snapshot) => `${renderSnapshot(snapshot)}\n`).join('');

const parsed = (stdout: string): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
