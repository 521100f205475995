import { expect, test } from 'vitest';
import { aReleaseStory, type Frame, outcomeOf } from '../../../builders/release-story.ts';

/** Dead letters written up to a minute, from what each minute brings. */
const buries =
  (perMinute: (minute: number) => number) =>
  (frame: Frame): void => {
    let written = 100;
    for (let minute = -40; minute <= frame.minute; minute++) written += perMinute(minute);
    frame.deadLetters = written;
  };

test.each([
  { why: 'a tenth of what it handles', twist: buries((m) => (m >= 2 ? 60 : 0)), decision: 'ROLLBACK', minute: 3 },
  {
    why: 'two percent of it, after nothing before',
    twist: buries((m) => (m >= 2 ? 48 : 0)),
    decision: 'ROLLBACK',
    minute: 3,
  },
  {
    why: 'more than a steady noise brings, again and again',
    twist: buries((m) => 20 + (m >= 2 ? 30 : m % 4)),
    decision: 'ROLLBACK',
    minute: 5,
  },
  {
    why: 'a drip between clumps that were larger than all of it',
    twist: buries((m) => (m % 5 === 0 ? 600 : m >= 2 ? 45 : 0)),
    decision: 'ROLLBACK',
    minute: 11,
  },
  { why: 'clumps as there were before', twist: buries((m) => (m % 7 === 0 ? 90 : 0)), decision: 'PROMOTE', minute: 14 },
  { why: 'one clump', twist: buries((m) => (m === 5 ? 200 : 0)), decision: 'PROMOTE', minute: 14 },
  { why: 'a few', twist: buries((m) => (m >= 2 && m % 4 === 0 ? 1 : 0)), decision: 'PROMOTE', minute: 14 },
])('dead letters: $why: $decision at minute $minute', ({ twist, decision, minute }) => {
  const outcome = outcomeOf(aReleaseStory({}, twist));
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toEqual(['DEAD_LETTERS']);
});

test('a topic that comes with its first dead letters was empty before', () => {
  const story = aReleaseStory({}, (frame) => {
    frame.deadLetters = frame.minute < 3 ? null : (frame.minute - 2) * 60;
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'ROLLBACK', codes: ['DEAD_LETTERS'] });
});

// It used to count as nothing written, and its return as thousands of dead letters at once.
test('a topic that is missing in a snapshot is not known there, not empty', () => {
  const story = aReleaseStory({}, (frame) => {
    frame.deadLetters = frame.minute === 6 ? null : 5_000;
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'PROMOTE' });
});
