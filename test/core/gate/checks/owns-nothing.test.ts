import { expect, test } from 'vitest';
import { anActor, aReleaseStory, outcomeOf } from '../../../builders/release-story.ts';

test.each([
  { why: 'more members than partitions leave the canary idle', owned: 99, decision: 'ROLLBACK', minute: 11 },
  { why: 'it gets its partition after eight minutes', owned: 8, decision: 'PROMOTE', minute: 17 },
])('$why: $decision at minute $minute', ({ owned, decision, minute }) => {
  const story = aReleaseStory({}, (frame) => {
    if (frame.minute < 1 || frame.minute >= owned) return;
    frame.members = [anActor('new-0', []), anActor('old-0', [0, 2]), anActor('old-1', [1, 3])];
  });
  const outcome = outcomeOf(story);
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['OWNS_NOTHING']);
});
