import { expect, test } from 'vitest';
import { anActor, aReleaseStory, type Frame, outcomeOf } from '../../../builders/release-story.ts';

const goneFrom =
  (from: number, until: number) =>
  (frame: Frame): void => {
    if (frame.minute < from || frame.minute >= until) return;
    frame.members = [anActor('old-0', [0, 2]), anActor('old-1', [1, 3])];
  };

test.each([
  { why: 'the canary leaves for good', twist: goneFrom(6, 99), decision: 'ROLLBACK', codes: ['VANISHED'], minute: 7 },
  {
    why: 'it is missing in one sample',
    twist: goneFrom(6, 7),
    decision: 'PROMOTE',
    codes: expect.anything(),
    minute: 16,
  },
])('$why: $decision at minute $minute', ({ twist, why: _why, ...expected }) => {
  expect(outcomeOf(aReleaseStory({}, twist))).toMatchObject(expected);
});

test('a group that is empty without a new version left has lost it', () => {
  const story = aReleaseStory({ strategy: 'stop' }, (frame) => {
    if (frame.minute < 12) return;
    frame.state = 'Empty';
    frame.members = [];
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'ROLLBACK', codes: ['VANISHED'], minute: 13 });
});
