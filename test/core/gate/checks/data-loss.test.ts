import { expect, test } from 'vitest';
import { aReleaseStory, outcomeOf } from '../../../builders/release-story.ts';

test.each([
  { why: 'retention overtakes the canary', partition: 0, from: 5, decision: 'ROLLBACK', minute: 5 },
  { why: 'retention overtakes the old version', partition: 1, from: 5, decision: 'PROMOTE', minute: 14 },
  { why: 'it had overtaken the group before the start', partition: 0, from: -40, decision: 'PROMOTE', minute: 14 },
])('$why: $decision at minute $minute', ({ partition, from, decision, minute }) => {
  const story = aReleaseStory({}, (frame) => {
    if (frame.minute >= from) frame.starts[partition] = (frame.committed[partition] ?? 0) + 20;
  });
  const outcome = outcomeOf(story);
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['DATA_LOSS']);
});
