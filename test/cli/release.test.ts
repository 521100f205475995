import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import type { LedgerEntry } from '../../lambdas/core/release/ledger-entry.ts';
import { startDynalite } from '../../local/dynalite.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { aDecision, anAttempt, anEntry } from '../builders/ledger-entry.ts';
import { aReleaseStory, type Story } from '../builders/release-story.ts';
import { T0_MS } from '../builders/snapshots.ts';
import { runCli } from './run-cli.ts';

const MINUTE_MS = 60_000;
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;
const clock = { nowMs: () => Date.now() };

describe('releases on the command line', { timeout: 60_000 }, () => {
  let server: StoreServer;
  beforeAll(async () => {
    server = await startDynalite();
  });
  afterAll(() => server.stop());

  let tables = 0;
  /** A table in which a story happened, of which the last minute is just over, and its release was opened at minute 0. */
  async function aTable(story: Story, part: Partial<LedgerEntry> = {}) {
    tables += 1;
    const location = { tableName: `releases-${tables}`, endpoint: server.endpoint };
    await createTable(location);
    const place = { table: openTable(location), clock, retentionMs: YEAR_MS };
    const history = dynamoHistoryStore(place);
    const nowMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const shiftMs = nowMs - (story.snapshots.at(-1)?.atMs ?? T0_MS);
    for (const snapshot of story.snapshots) {
      const atMs = snapshot.atMs + shiftMs;
      await history.append({ slotMs: atMs, snapshot: { ...snapshot, atMs } });
    }
    const startedAtMs = T0_MS + shiftMs;
    const ledger = dynamoReleaseLedger(place);
    const attempt = anAttempt({ startedAtMs, executionId: 'build-7' });
    await ledger.open(anEntry({ attempt, release: { ...story.release, startedAtMs }, ...part }));
    const where = ['--table', location.tableName, '--endpoint', location.endpoint];
    return { ledger, where, sluicegate: (...args: string[]) => runCli([...args, ...where]) };
  }

  const stalled = (until: number) =>
    aReleaseStory({ until }, (frame) => {
      if (frame.minute >= 2) frame.committed[0] = 1_000_000;
    });
  const brief = { until: 3 };

  test.each<{ decision: string; story: () => Story; code: number; part?: Partial<LedgerEntry> }>([
    { decision: 'PROMOTE', story: () => aReleaseStory(), code: 0 },
    { decision: 'ROLLBACK', story: () => stalled(12), code: 1 },
    { decision: 'CONTINUE', story: () => aReleaseStory(brief), code: 4 },
    {
      decision: 'INCONCLUSIVE',
      story: () => aReleaseStory({ ...brief, deadlineMs: MINUTE_MS }),
      code: 5,
      part: { policies: { onInconclusive: 'manual', onBlind: 'manual', onLowTraffic: 'manual' } },
    },
  ])('gate judge says $decision in words, as JSON and by exit code $code', async ({ decision, story, code, part }) => {
    const { sluicegate } = await aTable(story(), part);
    const words = await sluicegate('gate', 'judge', '--release', 'r-1');
    expect({ code: words.code, stderr: words.stderr }).toEqual({ code, stderr: '' });
    expect(words.stdout).toMatch(new RegExp(`^${decision}\\n  [A-Z_]+: `));
    const json = await sluicegate('gate', 'judge', '--release', 'r-1', '--json');
    expect(json.code).toBe(code);
    expect(JSON.parse(json.stdout)).toMatchObject({ decision, releaseId: 'r-1', attempt: 1 });
  });

  test('with --wait it ends with the decision', async () => {
    const { sluicegate } = await aTable(stalled(12));
    expect(await sluicegate('gate', 'judge', '--release', 'r-1', '--wait')).toMatchObject({ code: 1 });
  });

  test('a release that nobody started is an error of the caller, without a decision', async () => {
    const { sluicegate } = await aTable(aReleaseStory(brief));
    const { code, stdout, stderr } = await sluicegate('gate', 'judge', '--release', 'r-2');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('the ledger has no release "r-2"');
  });

  test('list shows the newest first, page by page, and show tells what was said when', async () => {
    const { ledger, sluicegate } = await aTable(aReleaseStory(brief), {
      decisions: [aDecision(), aDecision({ decision: 'INCONCLUSIVE', settled: 'ROLLBACK' })],
    });
    const later = anAttempt({ startedAtMs: Date.now(), executionId: 'build-8' });
    await ledger.open(anEntry({ attempt: later, release: { ...anEntry().release, id: 'r-2', group: 'orders' } }));
    const list = await sluicegate('release', 'list', '--cluster', 'prod');
    expect(list.stdout).toMatch(
      /^RELEASE .*DECISION\nr-2 +orders .*open +–\nr-1 +billing .*INCONCLUSIVE, so ROLLBACK\n$/,
    );
    const page = await sluicegate('release', 'list', '--cluster', 'prod', '--limit', '1', '--json');
    const { releases, next } = JSON.parse(page.stdout);
    expect(releases).toMatchObject([{ releaseId: 'r-2', executionId: 'build-8', decision: null }]);
    const rest = await sluicegate('release', 'list', '--cluster', 'prod', '--after', next, '--json');
    expect(JSON.parse(rest.stdout)).toMatchObject({ releases: [{ releaseId: 'r-1' }], next: null });
    const group = await sluicegate('release', 'list', '--cluster', 'prod', '--group', 'nobody');
    expect(group.stdout.split('\n')).toHaveLength(2);
    const shown = await sluicegate('release', 'show', 'r-1');
    expect(shown.stdout).toContain('r-1: canary of "billing" in prod');
    expect(shown.stdout).toMatch(/INCONCLUSIVE, so ROLLBACK\n {6}NOT_IN_PLACE: it owns 1 of 2 partitions/);
    const whole = await sluicegate('release', 'show', 'r-1', '--json');
    expect(JSON.parse(whole.stdout)).toEqual(JSON.parse(JSON.stringify(await ledger.read('r-1'))));
  });

  test('finish ends a release without Kafka too, and says that its offsets then are missing', async () => {
    const { ledger, sluicegate } = await aTable(aReleaseStory(brief));
    const { code, stdout, stderr } = await sluicegate('release', 'finish', '--release', 'r-1');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'release r-1 is finished: CONTINUE\n' });
    expect(stderr).toContain('without an offset marker');
    expect(await ledger.read('r-1')).toMatchObject({ state: 'finished' });
  });

  test.each([
    { why: 'no cluster is named', args: [], says: '--cluster NAME', code: 2 },
    {
      why: 'nothing names the new version',
      args: ['--cluster', 'prod', '--brokers', '127.0.0.1:1'],
      says: 'canary',
      code: 2,
    },
    {
      why: 'a pattern is none',
      args: ['--cluster', 'prod', '--brokers', '127.0.0.1:1', '--client', '('],
      says: 'canary.client',
      code: 2,
    },
    {
      why: 'no broker answers',
      args: ['--cluster', 'prod', '--brokers', '127.0.0.1:1', '--client', '^v2'],
      says: '127.0.0.1:1',
      code: 3,
    },
  ])('release start says what is wrong when $why', async ({ args, says, code }) => {
    const { sluicegate, ledger } = await aTable(aReleaseStory(brief));
    const wish = ['--group', 'orders', '--strategy', 'canary', '--on-inconclusive', 'rollback'];
    const ended = await sluicegate('release', 'start', ...wish, ...args);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect((await ledger.list({ cluster: 'prod', limit: 9 })).entries).toHaveLength(1);
  });
});
