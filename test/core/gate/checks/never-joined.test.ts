import { expect, test } from 'vitest';
import { anActor, aReleaseStory, type Frame, outcomeOf } from '../../../builders/release-story.ts';

const joinsAt =
  (joined: number) =>
  (frame: Frame): void => {
    if (frame.minute < joined) frame.members = [anActor('old-0', [0, 2]), anActor('old-1', [1, 3])];
  };

test.each([
  {
    why: 'nobody of the new version ever comes',
    joined: 99,
    decision: 'ROLLBACK',
    codes: ['NEVER_JOINED'],
    minute: 10,
  },
  { why: 'it takes eight minutes to come', joined: 8, decision: 'PROMOTE', codes: expect.anything(), minute: 17 },
])('$why: $decision at minute $minute', ({ joined, why: _why, ...expected }) => {
  expect(outcomeOf(aReleaseStory({}, joinsAt(joined)))).toMatchObject(expected);
});

test('a group that cannot be read does not count as one without the new version', () => {
  const story = aReleaseStory({ until: 15 }, (frame) => {
    frame.isSeen = frame.minute < 0;
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'CONTINUE', codes: ['BLIND'] });
});
