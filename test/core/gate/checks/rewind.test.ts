import { expect, test } from 'vitest';
import { aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

/** At minute 5 the partition goes back by this much production, and is at its end again a minute later. */
const back =
  (partition: number, minutes: number) =>
  (frame: Frame): void => {
    if (frame.minute === 5) frame.committed[partition] = (frame.ends[partition] ?? 0) - minutes * PER_MINUTE;
  };

test.each([
  { why: 'ten minutes', partition: 0, minutes: 10, decision: 'ROLLBACK', minute: 5 },
  {
    why: 'forty seconds, as clients do that had not committed',
    partition: 0,
    minutes: 0.67,
    decision: 'PROMOTE',
    minute: 14,
  },
  {
    why: 'ten minutes, but it is the old version that does',
    partition: 1,
    minutes: 10,
    decision: 'PROMOTE',
    minute: 14,
  },
])('going back by $why: $decision at minute $minute', ({ partition, minutes, decision, minute }) => {
  const outcome = outcomeOf(aReleaseStory({}, back(partition, minutes)));
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['REWIND']);
});

test('on a quiet topic, a handful of messages is no rewind however old they are', () => {
  const story = aReleaseStory({ until: 8 }, (frame) => {
    const written = Math.floor((frame.minute + 60) / 5);
    frame.ends = frame.ends.map(() => written);
    frame.committed = frame.ends.map((end) => (frame.minute === 5 ? end - 4 : end));
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'CONTINUE' });
});

test('a rewind between two owners is the new one’s', () => {
  const story = aReleaseStory({ strategy: 'stop' }, (frame) => {
    if (frame.minute < 1 || frame.minute > 4) return;
    frame.state = frame.minute < 4 ? 'Empty' : 'Stable';
    if (frame.minute < 4) frame.members = [];
    frame.committed = frame.ends.map((end) => end - (frame.minute + 20) * PER_MINUTE);
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'ROLLBACK', codes: ['REWIND'], minute: 4 });
});
