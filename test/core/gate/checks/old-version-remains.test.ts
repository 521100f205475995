import { expect, test } from 'vitest';
import { anActor, aReleaseStory, outcomeOf } from '../../../builders/release-story.ts';

const both = [anActor('new-0', [0]), anActor('new-1', [1]), anActor('old-0', [2, 3])];

test.each([
  { why: 'a blue one never leaves', strategy: 'blue-green', leaves: 99, decision: 'ROLLBACK', minute: 10 },
  { why: 'blue leaves after eight minutes', strategy: 'blue-green', leaves: 8, decision: 'PROMOTE', minute: 17 },
  { why: 'a rolling release gets stuck', strategy: 'rolling', leaves: 99, decision: 'ROLLBACK', minute: 10 },
  { why: 'a canary is meant to have them beside it', strategy: 'canary', leaves: 99, decision: 'PROMOTE', minute: 14 },
] as const)('$why: $decision at minute $minute', ({ strategy, leaves, decision, minute }) => {
  const story = aReleaseStory({ strategy }, (frame) => {
    if (frame.minute >= 1 && frame.minute < leaves) frame.members = both;
  });
  const outcome = outcomeOf(story);
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['OLD_VERSION_REMAINS']);
});

test('a hand-over that gets on slowly is not stuck', () => {
  const story = aReleaseStory({ strategy: 'rolling', partitions: 5, deadlineMs: 40 * 60_000 }, (frame) => {
    if (frame.minute < 1) return;
    const replaced = Math.min(5, Math.ceil(frame.minute / 3));
    frame.members = [0, 1, 2, 3, 4].map((p) => anActor(`${p < replaced ? 'new' : 'old'}-${p}`, [p]));
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'PROMOTE' });
});
