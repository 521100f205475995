import { expect, test } from 'vitest';
import { anActor, aReleaseStory, outcomeOf } from '../../../builders/release-story.ts';

test.each([
  { why: 'two hosts fight for one instance id', hosts: ['/a', '/b'], decision: 'ROLLBACK' },
  { why: 'an instance id stays where it is', hosts: ['/a'], decision: 'PROMOTE' },
])('$why: $decision', ({ hosts, decision }) => {
  const story = aReleaseStory({}, (frame) => {
    if (frame.minute < 1) return;
    const host = hosts[frame.minute % hosts.length] ?? '';
    const canary = anActor('new-0', [0], { id: `consumer-0-at-${host}`, instance: 'consumer-0', host });
    frame.members = [canary, anActor('old-0', [2]), anActor('old-1', [1, 3])];
  });
  const outcome = outcomeOf(story);
  expect(outcome.decision).toBe(decision);
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['FENCED_TWINS']);
});
