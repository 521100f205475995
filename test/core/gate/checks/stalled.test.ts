import { expect, test } from 'vitest';
import { aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

/** From minute 6 on these partitions stand where they were. */
const stands = (partitions: readonly number[], until: number) => (frame: Frame) => {
  if (frame.minute < 6 || frame.minute >= until) return;
  for (const p of partitions) frame.committed[p] = (frame.ends[p] ?? 0) - (frame.minute - 5 + 0.05) * PER_MINUTE;
};

test.each([
  { why: 'one partition hangs', strategy: 'blue-green', partitions: [0], until: 99, decision: 'ROLLBACK', minute: 8 },
  {
    why: 'all hang at one moment, which a broker could be the cause of',
    strategy: 'blue-green',
    partitions: [0, 1, 2, 3],
    until: 99,
    decision: 'ROLLBACK',
    minute: 10,
  },
  {
    why: 'the canary hangs, and the old version does not',
    strategy: 'canary',
    partitions: [0],
    until: 99,
    decision: 'ROLLBACK',
    minute: 8,
  },
  {
    why: 'the old version hangs as well',
    strategy: 'canary',
    partitions: [0, 1, 2, 3],
    until: 99,
    decision: 'INCONCLUSIVE',
    minute: 30,
  },
  {
    why: 'only the old version hangs',
    strategy: 'canary',
    partitions: [1, 3],
    until: 99,
    decision: 'PROMOTE',
    minute: 14,
  },
  { why: 'it was a pause', strategy: 'blue-green', partitions: [0], until: 7, decision: 'PROMOTE', minute: 14 },
] as const)('$why: $decision at minute $minute', ({ strategy, partitions, until, decision, minute }) => {
  const outcome = outcomeOf(aReleaseStory({ strategy }, stands(partitions, until)));
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toContain('STALLED');
});

test('a group that always committed each five minutes may go on to', () => {
  const seldom = (frame: Frame): void => {
    const sinceCommit = (((frame.minute % 5) + 5) % 5) + 0.2;
    frame.committed = frame.ends.map((end) => end - sinceCommit * PER_MINUTE);
  };
  expect(outcomeOf(aReleaseStory({ strategy: 'blue-green' }, seldom))).toMatchObject({ decision: 'PROMOTE' });
});

test('a log that stands still itself is the broker’s', () => {
  const story = aReleaseStory({ strategy: 'blue-green', until: 12 }, (frame) => {
    const frozenMinutes = Math.min(4, Math.max(0, frame.minute - 5));
    frame.ends[0] = (frame.ends[0] ?? 0) - frozenMinutes * PER_MINUTE;
    frame.committed[0] = (frame.ends[0] ?? 0) - 30 - (frame.minute > 5 && frame.minute < 10 ? 300 : 0);
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'CONTINUE' });
});
