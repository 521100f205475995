import { describe, expect, test } from 'vitest';
import { openJudgement } from '../../../lambdas/core/gate/open-judgement.ts';
import { acceleratedBy, DEFAULT_GATE_SETTINGS as SETTINGS } from '../../../lambdas/core/gate/settings.ts';
import { aRelease, aReleaseStory, outcomeOf } from '../../builders/release-story.ts';

test('the first final decision stands, whatever comes after it', () => {
  const { release, snapshots } = aReleaseStory({}, (frame) => {
    // Everything breaks after the promotion at minute 14.
    if (frame.minute > 15) frame.committed = frame.ends.map((end) => end - 100_000);
  });
  const run = openJudgement(release, SETTINGS);
  const judgements = snapshots.map((snapshot) => run.observe(snapshot));
  const final = judgements.find(({ decision }) => decision !== 'CONTINUE');
  expect(final?.decision).toBe('PROMOTE');
  expect(judgements.at(-1)).toEqual(final);
});

test('before the start there is nothing to judge', () => {
  const { release, snapshots } = aReleaseStory({ until: -1 });
  const run = openJudgement(release, SETTINGS);
  for (const snapshot of snapshots) expect(run.observe(snapshot)).toMatchObject({ decision: 'CONTINUE', reasons: [] });
});

test('a snapshot that comes twice, or late, changes nothing', () => {
  const { release, snapshots } = aReleaseStory({ until: 12 });
  const straight = openJudgement(release, SETTINGS);
  const stuttering = openJudgement(release, SETTINGS);
  for (const [index, snapshot] of snapshots.entries()) {
    const judgement = straight.observe(snapshot);
    expect(stuttering.observe(snapshot)).toEqual(judgement);
    expect(stuttering.observe(snapshot)).toEqual(judgement);
    expect(stuttering.observe(snapshots[index - 3] ?? snapshot)).toEqual(judgement);
  }
  expect(stuttering.checkpoint()).toEqual(straight.checkpoint());
});

test('settings for a clock that runs twelve times faster judge the same story in a twelfth of the time', () => {
  const { release, snapshots } = aReleaseStory();
  const start = release.startedAtMs;
  const faster = {
    release: { ...release, deadlineMs: release.deadlineMs / 12 },
    snapshots: snapshots.map((snapshot) => ({ ...snapshot, atMs: start + (snapshot.atMs - start) / 12 })),
  };
  const { decision, minute } = outcomeOf({ release, snapshots });
  expect(outcomeOf(faster, acceleratedBy(12, SETTINGS))).toMatchObject({ decision, minute: minute / 12 });
});

test('a share group is not judged, and that is said at once', () => {
  const { release, snapshots } = aReleaseStory();
  const shared = snapshots.map((snapshot) => {
    const billing = snapshot.groups.get('billing');
    // As the reader shows one: nothing committed, a start offset that trails what is being worked on.
    const share = new Map([['orders', [{ startOffset: 900_000, lagMessages: 30 }]]]);
    const group = billing && { ...billing, type: 'share' as const, committed: new Map(), share };
    return { ...snapshot, groups: new Map(group ? [['billing', group]] : []) };
  });
  // Before, the missing commits were taken for a stall, and rolled it back.
  const outcome = outcomeOf({ release, snapshots: shared });
  expect(outcome).toMatchObject({ decision: 'INCONCLUSIVE', codes: ['SHARE_GROUP'], minute: 0 });
});

describe('a checkpoint that is not this judgement’s is refused', () => {
  const run = openJudgement(aRelease(), SETTINGS);
  for (const snapshot of aReleaseStory({ until: 3 }).snapshots) run.observe(snapshot);
  const good = run.checkpoint() as { readonly [key: string]: object };

  test.each([
    { why: 'another release’s', checkpoint: { ...good, releaseId: 'another' } },
    { why: 'another layout', checkpoint: { ...good, version: 0 } },
    { why: 'a column is cut off', checkpoint: { ...good, history: { ...good['history'], state: [] } } },
    { why: 'something else', checkpoint: 'nonsense' },
    { why: 'nothing in it', checkpoint: {} },
  ])('$why', ({ checkpoint }) => {
    expect(() => openJudgement(aRelease(), SETTINGS, checkpoint as never)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining('r-1') }),
    );
  });
});
