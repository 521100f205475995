import { expect, test } from 'vitest';
import { anActor, aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

/** Nobody owns partition 3 from minute 3 on, and its position stays where it was then. */
const orphaned =
  (until: number) =>
  (frame: Frame): void => {
    if (frame.minute < 3 || frame.minute >= until) return;
    frame.members = [anActor('new-0', [0, 2]), anActor('new-1', [1])];
    frame.committed[3] = (frame.ends[3] ?? 0) - (frame.minute - 2) * PER_MINUTE;
  };

test.each([
  { why: 'for good', strategy: 'blue-green', until: 99, decision: 'ROLLBACK', minute: 4 },
  { why: 'in one sample', strategy: 'blue-green', until: 4, decision: 'PROMOTE', minute: 14 },
] as const)('a partition without an owner $why: $decision at minute $minute', ({
  strategy,
  until,
  why: _why,
  ...expected
}) => {
  const outcome = outcomeOf(aReleaseStory({ strategy }, orphaned(until)));
  expect(outcome).toMatchObject(expected);
  if (expected.decision === 'ROLLBACK') expect(outcome.codes).toEqual(['PARTITION_UNOWNED']);
});

test('while the group rebalances, nobody owning it means nothing', () => {
  const story = aReleaseStory({ strategy: 'blue-green', until: 8 }, (frame) => {
    orphaned(6)(frame);
    if (frame.minute >= 3 && frame.minute < 6) frame.state = 'PreparingRebalance';
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'CONTINUE' });
});

test('an empty partition may have no owner', () => {
  const story = aReleaseStory({ strategy: 'blue-green', until: 8 }, (frame) => {
    frame.ends[3] = 50;
    frame.committed[3] = 50;
    if (frame.minute >= 3) frame.members = [anActor('new-0', [0, 2]), anActor('new-1', [1])];
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'CONTINUE' });
});

// A good rolling release was rolled back for it: two hand-overs, each caught in its few seconds.
test('two samples of a hand-over that goes on are not one long gap', () => {
  const story = aReleaseStory({ strategy: 'rolling', until: 8 }, (frame) => {
    if (frame.minute < 3 || frame.minute > 4) return;
    frame.members = [anActor('new-0', [0, 2]), frame.minute === 3 ? anActor('old-1', [1]) : anActor('new-1', [1])];
    frame.committed[3] = (frame.ends[3] ?? 0) - (frame.minute - 2) * PER_MINUTE;
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'CONTINUE' });
});
