import { describe, expect, test } from 'vitest';
import { aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

/**
 * Traffic is twice as high from minute −30 to −20, and again from minute 5 on; each partition of the new version
 * then handles at most `capacity` messages a minute.
 */
function peaks(capacity: number, isJudged: (partition: number) => boolean) {
  const backlog = [0, 0, 0, 0];
  return (frame: Frame): void => {
    const { minute } = frame;
    const extra = (from: number, until: number) => Math.max(0, Math.min(minute, until) - from) * PER_MINUTE;
    const isHigh = minute > 5;
    frame.ends = frame.ends.map((end) => end + extra(-30, -20) + extra(5, 99));
    frame.committed = frame.ends.map((end, p) => {
      const written = isHigh ? 2 * PER_MINUTE : PER_MINUTE;
      const left = minute < 1 || !isJudged(p) ? 0 : (backlog[p] ?? 0) + written - capacity;
      backlog[p] = Math.max(0, left);
      return end - 30 - (backlog[p] ?? 0);
    });
  };
}

describe('at a load that the old version handled', () => {
  test.each([
    { why: 'half as fast', capacity: PER_MINUTE, decision: 'ROLLBACK' },
    { why: 'a quarter slower', capacity: 1.5 * PER_MINUTE, decision: 'ROLLBACK' },
    { why: 'as fast', capacity: 2.1 * PER_MINUTE, decision: 'PROMOTE' },
  ])('a canary $why: $decision', ({ capacity, decision }) => {
    const outcome = outcomeOf(
      aReleaseStory(
        {},
        peaks(capacity, (partition) => partition === 0),
      ),
    );
    expect(outcome.decision).toBe(decision);
    if (decision === 'ROLLBACK') expect(outcome.codes).toContain('SLOWER');
  });

  test('a stopped and started group that is half as fast is found without controls, too', () => {
    const outcome = outcomeOf(
      aReleaseStory(
        { strategy: 'stop' },
        peaks(PER_MINUTE, () => true),
      ),
    );
    expect(outcome).toMatchObject({ decision: 'ROLLBACK', codes: expect.arrayContaining(['SLOWER']) });
  });
});

test('under a load that nobody ever handled, falling behind is not the release’s doing', () => {
  const burst = (frame: Frame): void => {
    const burstMinutes = Math.min(5, Math.max(0, frame.minute - 3));
    const drained = Math.max(0, frame.minute - 8);
    frame.ends = frame.ends.map((end) => end + burstMinutes * 5 * PER_MINUTE);
    const backlog = Math.max(0, burstMinutes * 4 - drained * 1.5) * PER_MINUTE;
    frame.committed = frame.ends.map((end) => end - 30 - backlog);
  };
  expect(outcomeOf(aReleaseStory({ strategy: 'rolling' }, burst))).toMatchObject({ decision: 'PROMOTE' });
});

test('a cold start at half speed for four minutes is forgiven', () => {
  const cold = (frame: Frame): void => {
    if (frame.minute < 1) return;
    const backlog = frame.minute <= 5 ? frame.minute * 0.4 : Math.max(0, 2 - (frame.minute - 5));
    frame.committed = frame.ends.map((end) => end - 30 - backlog * PER_MINUTE);
  };
  expect(outcomeOf(aReleaseStory({ strategy: 'stop' }, cold))).toMatchObject({ decision: 'PROMOTE', minute: 14 });
});
