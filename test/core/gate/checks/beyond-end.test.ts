import { expect, test } from 'vitest';
import { aReleaseStory, outcomeOf } from '../../../builders/release-story.ts';

test.each([
  { why: 'far beyond the end, again and again', ahead: 100_000, until: 99, decision: 'ROLLBACK', minute: 4 },
  { why: 'far beyond the end in one odd reading', ahead: 100_000, until: 4, decision: 'PROMOTE', minute: 14 },
  { why: 'a little beyond, since ends are read first', ahead: 500, until: 99, decision: 'PROMOTE', minute: 14 },
])('committed $why: $decision at minute $minute', ({ ahead, until, decision, minute }) => {
  const story = aReleaseStory({}, (frame) => {
    if (frame.minute >= 3 && frame.minute < until) frame.committed[0] = (frame.ends[0] ?? 0) + ahead;
  });
  const outcome = outcomeOf(story);
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['BEYOND_END']);
});
