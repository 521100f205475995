import { describe, expect, test } from 'vitest';
import { finalDecision, type LedgerEntry } from '../../lambdas/core/release/ledger-entry.ts';
import { aGateWorld, aStartWish, type GateWorld } from '../builders/gate-world.ts';
import { aReleaseStory, PER_MINUTE } from '../builders/release-story.ts';
import { T0_MS } from '../builders/snapshots.ts';

const calm = aReleaseStory();

async function entriesOf({ ledger }: GateWorld): Promise<readonly LedgerEntry[]> {
  return (await ledger.list({ cluster: 'prod', limit: 99 })).entries;
}

describe('a start', () => {
  test('marks the offsets of a reading of its own, begun after it was asked', async () => {
    const world = await aGateWorld(calm);
    const { releaseId, ...answer } = await world.gate.start(aStartWish());
    expect(releaseId).toMatch(/^billing-[0-9a-f]{16}$/);
    expect(answer).toEqual({ attempt: 1, decision: 'CONTINUE', reasons: [], retryAfterSeconds: 30, elapsedRatio: 0 });
    const entry = await world.ledger.read(releaseId);
    expect(entry).toMatchObject({ state: 'open', openedAtMs: T0_MS + 1, release: { startedAtMs: T0_MS + 1 } });
    expect(entry?.attempt.start.atMs).toBe(T0_MS + 1);
    expect(entry?.attempt.start.partitions[1]).toEqual({
      topic: 'orders',
      partition: 1,
      committedOffset: 1_000_007 - PER_MINUTE / 20,
      log: { startOffset: 0, endOffset: 1_000_007 },
    });
  });

  test('the same execution is the same release, however often and whenever it asks', async () => {
    const world = await aGateWorld(calm);
    const answers = await Promise.all([1, 2, 3].map(() => world.gate.start(aStartWish())));
    await world.until(5);
    answers.push(await world.gate.start(aStartWish()));
    expect(new Set(answers.map(({ releaseId }) => releaseId)).size).toBe(1);
    expect(answers.map(({ attempt }) => attempt)).toEqual([1, 1, 1, 1]);
    expect(await entriesOf(world)).toHaveLength(1);
  });

  test('another execution is refused while one is open, by name, and then is not', async () => {
    const world = await aGateWorld(calm);
    const first = await world.gate.start(aStartWish());
    const another = aStartWish({ executionId: 'e-2' });
    await expect(world.gate.start(another)).rejects.toMatchObject({
      code: 'RELEASE_REFUSED',
      message: expect.stringContaining(first.releaseId),
    });
    await world.gate.finish({ releaseId: first.releaseId });
    expect(await world.gate.start(another)).toMatchObject({ attempt: 1 });
  });

  test('one that was given up is closed by the next', async () => {
    const world = await aGateWorld(calm);
    const first = await world.gate.start(aStartWish());
    world.silentUntil(30 + 61);
    const second = await world.gate.start(aStartWish({ executionId: 'e-2' }));
    expect(await world.ledger.read(first.releaseId)).toMatchObject({ state: 'finished', decisions: [] });
    expect((await world.ledger.readOpen('prod')).map(({ release }) => release.id)).toEqual([second.releaseId]);
  });

  test.each([
    { why: 'no reading can be taken', part: 'freshReading', message: /freshReading fails/ },
    { why: 'the reading can not be found', part: 'history', message: /history fails/ },
  ] as const)('fails while $why, and leaves nothing behind', async ({ part, message }) => {
    const world = await aGateWorld(calm);
    world.fail(part);
    await expect(world.gate.start(aStartWish())).rejects.toThrow(message);
    expect(await entriesOf(world)).toEqual([]);
    world.fail(null);
    expect(await world.gate.start(aStartWish())).toMatchObject({ attempt: 1 });
  });

  test('of a group that the reading does not show is refused', async () => {
    const world = await aGateWorld(calm);
    await expect(world.gate.start(aStartWish({ group: 'biling' }))).rejects.toMatchObject({
      code: 'RELEASE_REFUSED',
      message: expect.stringContaining('does not exist'),
    });
  });
});

describe('a retry', () => {
  test('opens the next attempt, with offsets of its own, and keeps what was before', async () => {
    const world = await aGateWorld(calm);
    const { releaseId } = await world.gate.start(aStartWish());
    await world.until(4);
    await world.gate.finish({ releaseId });
    await world.until(5);
    expect(await world.gate.start(aStartWish({ deadlineMs: 600_000 }))).toMatchObject({ releaseId, attempt: 2 });
    const entry = await world.ledger.read(releaseId);
    expect(entry).toMatchObject({ state: 'open', openedAtMs: T0_MS + 1, attempt: { number: 2 } });
    expect(entry?.release).toMatchObject({ startedAtMs: T0_MS + 300_001, deadlineMs: 600_000 });
    expect(entry?.earlier).toMatchObject([
      { number: 1, start: { atMs: T0_MS + 1 }, finish: { atMs: T0_MS + 240_001 } },
    ]);
  });
});

describe('a rollback', () => {
  const rollback = aStartWish({ executionId: 'e-rollback', isRollback: true });

  test('adopts the release that failed, past every refusal, and is never rolled back', async () => {
    const story = aReleaseStory({}, (frame) => {
      // The new version dies of its first message, and nobody comes back.
      if (frame.minute > 2) frame.members = [];
      if (frame.minute > 2) frame.state = 'Empty';
    });
    const world = await aGateWorld(story);
    const { releaseId } = await world.gate.start(aStartWish());
    await world.until(3);
    expect(await world.gate.start(rollback)).toMatchObject({ releaseId, attempt: 2, decision: 'CONTINUE' });
    await world.until(20);
    const name = { cluster: 'prod', group: 'billing', executionId: 'e-rollback' };
    expect(await world.gate.judge(name)).toMatchObject({
      releaseId,
      decision: 'CONTINUE',
      reasons: [{ code: 'NOT_RECOVERED' }],
    });
    world.silentUntil(40);
    const answer = await world.gate.judge(name);
    expect(answer).toMatchObject({ decision: 'PROMOTE' });
    expect(answer.reasons.map(({ code }) => code)).toContain('NOT_RECOVERED');
    const entry = await world.ledger.read(releaseId);
    expect(entry && finalDecision(entry)).toMatchObject({ decision: 'INCONCLUSIVE', settled: 'PROMOTE', attempt: 2 });
  });

  test('is done once the group is stable again and falls no further behind', async () => {
    const world = await aGateWorld(calm);
    await world.gate.start(aStartWish());
    await world.until(2);
    const { releaseId } = await world.gate.start(rollback);
    expect(await world.gate.judge({ releaseId })).toMatchObject({ decision: 'CONTINUE' });
    await world.until(5);
    expect(await world.gate.judge({ releaseId })).toMatchObject({
      decision: 'PROMOTE',
      reasons: [{ code: 'RECOVERED' }],
    });
  });

  test('goes on although the cluster can not be read', async () => {
    const world = await aGateWorld(calm);
    const { releaseId } = await world.gate.start(aStartWish());
    world.fail('freshReading');
    expect(await world.gate.start(rollback)).toMatchObject({ releaseId, attempt: 2 });
    expect(world.warnings).toEqual(['a recovery starts without an offset marker']);
  });
});
