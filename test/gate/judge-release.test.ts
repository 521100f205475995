import { describe, expect, test } from 'vitest';
import { finalDecision } from '../../lambdas/core/release/ledger-entry.ts';
import type { Policies } from '../../lambdas/core/release/policies.ts';
import { aGateWorld, aStartWish, type GateWorld } from '../builders/gate-world.ts';
import { aReleaseStory, outcomeOf, type Story } from '../builders/release-story.ts';
import { T0_MS } from '../builders/snapshots.ts';

const healthy = aReleaseStory();
/** Partition 0, which the new version owns, stands still from its first minute on. */
const stalled = aReleaseStory({}, (frame) => {
  if (frame.minute >= 2) frame.committed[0] = 1_000_000;
});

/** Asks once a minute, as a pipeline does. */
async function askedEachMinute(world: GateWorld, releaseId: string, minutes: number): Promise<string[]> {
  const answers: string[] = [];
  for (let minute = 1; minute <= minutes; minute++) {
    await world.until(minute);
    answers.push((await world.gate.judge({ releaseId })).decision);
  }
  return answers;
}

async function startedWorld(story: Story, wish: Parameters<typeof aStartWish>[0] = {}) {
  const world = await aGateWorld(story);
  const { releaseId } = await world.gate.start(aStartWish(wish));
  return { world, releaseId, judge: () => world.gate.judge({ releaseId }) };
}

describe('a judgement', () => {
  test.each([
    { story: healthy, decision: 'PROMOTE', code: 'NO_WORSE' },
    { story: stalled, decision: 'ROLLBACK', code: 'STALLED' },
  ])('comes to $decision as the judge alone does, stays there, and ends the release', async ({
    story,
    decision,
    code,
  }) => {
    const { world, releaseId, judge } = await startedWorld(story);
    const answers = await askedEachMinute(world, releaseId, 31);
    const expected = outcomeOf({ ...story, release: { ...story.release, startedAtMs: T0_MS + 1 } });
    expect(expected.decision).toBe(decision);
    expect(answers.indexOf(decision) + 1).toBe(expected.minute);
    expect(new Set(answers.slice(expected.minute - 1))).toEqual(new Set([decision]));
    const entry = await world.ledger.read(releaseId);
    expect(entry?.state).toBe('finished');
    expect(entry?.attempt.finish?.atMs).toBe(T0_MS + expected.minute * 60_000);
    expect(entry && finalDecision(entry)?.evidence).toMatchObject({ baselineSamples: 41, judgedPartitions: 1 });
    expect((await judge()).reasons.map((reason) => reason.code)).toContain(code);
    expect(await judge()).toMatchObject({ retryAfterSeconds: null });
    expect(await world.ledger.readOpen('prod')).toEqual([]);
  });

  test('asked once at the end or every minute, it decides the same for the same reasons', async () => {
    const often = await startedWorld(stalled);
    await askedEachMinute(often.world, often.releaseId, 12);
    const once = await startedWorld(stalled);
    await once.world.until(12);
    expect(await once.judge()).toMatchObject({ decision: 'ROLLBACK', reasons: (await often.judge()).reasons });
  });

  test('two that ask at once are told the same, and one decision is kept', async () => {
    const { world, releaseId, judge } = await startedWorld(stalled);
    await world.until(12);
    const answers = await Promise.all([judge(), judge(), judge()]);
    expect(answers.map(({ decision }) => decision)).toEqual(['ROLLBACK', 'ROLLBACK', 'ROLLBACK']);
    expect((await world.ledger.read(releaseId))?.decisions).toHaveLength(1);
  });

  test('keeps what it said whenever that changed, and only then', async () => {
    const { world, releaseId } = await startedWorld(healthy);
    await askedEachMinute(world, releaseId, 31);
    const decisions = (await world.ledger.read(releaseId))?.decisions ?? [];
    const said = decisions.map(({ decision, reasons }) => `${decision} ${reasons.map(({ code }) => code)}`);
    expect(said.length).toBeGreaterThan(2);
    expect(said.filter((now, index) => now === said[index - 1])).toEqual([]);
  });

  test('of a release that was finished without a decision is what its policy says, and the end of asking', async () => {
    const { world, releaseId, judge } = await startedWorld(healthy);
    await world.until(3);
    await judge();
    expect(await world.gate.finish({ releaseId })).toMatchObject({ decision: 'CONTINUE', retryAfterSeconds: null });
    const { decision, reasons, retryAfterSeconds } = await judge();
    expect({ decision, retryAfterSeconds }).toEqual({ decision: 'ROLLBACK', retryAfterSeconds: null });
    expect(reasons[0]?.code).toBe('FINISHED');
    expect((await world.ledger.read(releaseId))?.decisions.map((said) => said.decision)).toEqual(['CONTINUE']);
  });

  test('of a release that nobody started is refused', async () => {
    const { gate } = await aGateWorld(healthy);
    await expect(gate.judge({ releaseId: 'billing-0' })).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    const execution = { cluster: 'prod', group: 'billing', executionId: 'e-9' };
    await expect(gate.judge(execution)).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
  });
});

describe('at the deadline', () => {
  const policies: Policies = { onInconclusive: 'promote', onBlind: 'rollback', onLowTraffic: 'promote' };

  test('silence is waited out, then it is blindness, which its policy answers', async () => {
    const { world, judge } = await startedWorld(healthy, { policies });
    await world.until(3);
    world.silentUntil(31);
    expect(await judge()).toMatchObject({ decision: 'CONTINUE' });
    world.silentUntil(33);
    const { decision, reasons } = await judge();
    expect(decision).toBe('ROLLBACK');
    expect(reasons.at(-1)).toMatchObject({ code: 'BLIND', numbers: { blindMs: 30 * 60_000 } });
  });

  test('what is left to a human stays open until he finishes it, and is INCONCLUSIVE', async () => {
    const manual: Policies = { onInconclusive: 'manual', onBlind: 'manual', onLowTraffic: 'manual' };
    const { world, releaseId, judge } = await startedWorld(healthy, { policies: manual });
    world.silentUntil(40);
    expect(await judge()).toMatchObject({ decision: 'INCONCLUSIVE', retryAfterSeconds: null });
    expect(await world.ledger.read(releaseId)).toMatchObject({ state: 'open' });
    await world.until(41);
    expect(await judge()).toMatchObject({ decision: 'INCONCLUSIVE' });
    expect(await world.gate.finish({ releaseId })).toMatchObject({ decision: 'INCONCLUSIVE' });
    expect(await world.ledger.read(releaseId)).toMatchObject({ state: 'finished' });
  });
});

describe('a failure of ours', () => {
  test('decides nothing, is told, and is over when it is over', async () => {
    const { world, judge } = await startedWorld(stalled);
    await world.until(12);
    world.fail('history');
    const { decision, reasons, retryAfterSeconds } = await judge();
    expect({ decision, codes: reasons.map(({ code }) => code), retryAfterSeconds }).toEqual({
      decision: 'CONTINUE',
      codes: ['NOT_JUDGED'],
      retryAfterSeconds: 30,
    });
    expect(world.warnings).toEqual(['a release could not be judged']);
    world.fail(null);
    expect(await judge()).toMatchObject({ decision: 'ROLLBACK' });
  });

  test('that outlasts the deadline is INCONCLUSIVE, and as blind as a reading that failed', async () => {
    const policies: Policies = { onInconclusive: 'promote', onBlind: 'rollback', onLowTraffic: 'promote' };
    const { world, judge } = await startedWorld(healthy, { policies });
    world.fail('history');
    world.silentUntil(33);
    expect(await judge()).toMatchObject({ decision: 'ROLLBACK', reasons: [{ code: 'NOT_JUDGED' }] });
  });
});

describe('strategy stop', () => {
  const story = aReleaseStory({ strategy: 'stop' }, (frame) => {
    if (frame.minute >= 1 && frame.minute < 4) {
      frame.members = [];
      frame.state = 'Empty';
      frame.committed = [1_000_000, 1_000_007, 1_000_014, 1_000_021];
    }
    if (frame.minute < 1) frame.members = frame.members.map((member) => ({ ...member, client: 'old' }));
  });

  test('marks where the old version ended, not where it stood when the start was asked for', async () => {
    const { world, releaseId } = await startedWorld(story, { strategy: 'stop' });
    const before = (await world.ledger.read(releaseId))?.attempt.start;
    await askedEachMinute(world, releaseId, 6);
    const after = (await world.ledger.read(releaseId))?.attempt.start;
    expect(before?.atMs).toBe(T0_MS + 1);
    expect(after?.atMs).toBe(T0_MS + 3 * 60_000);
    expect(after?.partitions[0]?.committedOffset).toBe(1_000_000);
  });
});
