import { expect, test } from 'vitest';
import { type Actor, anActor, aReleaseStory, type Frame, outcomeOf } from '../../../builders/release-story.ts';

const cast = (canary: Partial<Actor>): Actor[] => [
  anActor('new-0', [0], canary),
  anActor('old-0', [2]),
  anActor('old-1', [1, 3]),
];

test.each([
  {
    why: 'each minute it has another member id',
    canary: (minute: number) => ({ id: `new-0-${minute}` }),
    decision: 'ROLLBACK',
    minute: 4,
  },
  {
    why: 'each restart comes up at another address',
    canary: (minute: number) => ({ id: `new-0-${minute}`, host: `/10.0.0.${minute}` }),
    decision: 'ROLLBACK',
    minute: 4,
  },
  {
    why: 'it came back once',
    canary: (minute: number) => ({ id: minute < 5 ? 'new-0-a' : 'new-0-b' }),
    decision: 'PROMOTE',
    minute: 14,
  },
  {
    why: 'restarts are hours of samples apart',
    canary: (minute: number) => ({ id: `new-0-${Math.floor(minute / 6)}` }),
    decision: 'PROMOTE',
    minute: 14,
  },
])('$why: $decision at minute $minute', ({ canary, decision, minute }) => {
  const twist = (frame: Frame): void => {
    if (frame.minute >= 1) frame.members = cast(canary(frame.minute));
  };
  const outcome = outcomeOf(aReleaseStory({}, twist));
  expect(outcome).toMatchObject({ decision, minute });
  if (decision === 'ROLLBACK') expect(outcome.codes).toContain('CRASH_LOOP');
});

test('many members with one client id that each rejoin once are no crash loop', () => {
  const names = ['a', 'b', 'c', 'd'];
  const story = aReleaseStory({ strategy: 'rolling' }, (frame) => {
    if (frame.minute < 1) return;
    const round = frame.minute < 5 ? 1 : 2;
    frame.members = names.map((name, p) => anActor('new', [p], { id: `${name}-${round}`, host: `/${name}-${round}` }));
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'PROMOTE' });
});
