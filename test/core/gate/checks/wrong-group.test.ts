import { expect, test } from 'vitest';
import { anActor, aReleaseStory, outcomeOf } from '../../../builders/release-story.ts';

const olds = [anActor('old-0', [0, 2]), anActor('old-1', [1, 3])];

test.each([
  { why: 'its members read the same topics in another group', from: 1, own: olds, decision: 'ROLLBACK', minute: 2 },
  {
    why: 'members with such names were in the other group before as well',
    from: -40,
    own: [anActor('new-0', [0]), anActor('old-0', [2]), anActor('old-1', [1, 3])],
    decision: 'PROMOTE',
    minute: 14,
  },
])('$why: $decision at minute $minute', ({ from, own, decision, minute }) => {
  const story = aReleaseStory({}, (frame) => {
    if (frame.minute >= 1) frame.members = own;
    if (frame.minute >= from) frame.others = { 'billing-v2': [anActor('new-0', [0, 1, 2, 3])] };
  });
  const outcome = outcomeOf(story);
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['WRONG_GROUP']);
});
