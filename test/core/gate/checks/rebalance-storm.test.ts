import { expect, test } from 'vitest';
import { aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

const rebalances = (when: (minute: number) => boolean, behindMinutes: (minute: number) => number) => (frame: Frame) => {
  if (frame.minute < 1 || !when(frame.minute)) return;
  frame.state = 'PreparingRebalance';
  frame.committed = frame.ends.map((end) => end - behindMinutes(frame.minute) * PER_MINUTE);
};

test.each([
  {
    why: 'it never settles, and work piles up',
    twist: rebalances(
      () => true,
      (minute) => minute,
    ),
    decision: 'ROLLBACK',
    minute: 4,
  },
  {
    why: 'it keeps up, but is still at it long after the hand-over',
    twist: rebalances(
      (minute) => minute % 3 !== 0,
      () => 0.2,
    ),
    decision: 'ROLLBACK',
    minute: 8,
  },
  {
    why: 'it rebalanced while the members came',
    twist: rebalances(
      (minute) => minute < 4,
      () => 0.2,
    ),
    decision: 'PROMOTE',
    minute: 14,
  },
])('$why: $decision at minute $minute', ({ twist, decision, minute }) => {
  const outcome = outcomeOf(aReleaseStory({}, twist));
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['REBALANCE_STORM']);
});
