import { describe, expect, test } from 'vitest';
import { anActor, aReleaseStory, type Frame, outcomeOf } from '../../builders/release-story.ts';

const inPlaceAt = (twist: (frame: Frame) => void, strategy: 'canary' | 'blue-green' | 'rolling' | 'stop') => {
  const { judgement, minute } = outcomeOf(aReleaseStory({ strategy, until: 13 }, twist));
  const { inPlaceMs } = judgement.evidence;
  return inPlaceMs === null ? null : minute - inPlaceMs / 60_000;
};

describe('the new version is in place', () => {
  test.each([
    { why: 'a canary, once it owns something', strategy: 'canary', twist: () => {}, since: 1 },
    {
      why: 'blue/green, once blue is gone',
      strategy: 'blue-green',
      since: 5,
      twist: (frame: Frame) => {
        if (frame.minute < 1 || frame.minute >= 5) return;
        frame.members = [anActor('new-0', [0, 1]), anActor('old-0', [2, 3])];
      },
    },
    {
      why: 'green that idles until blue leaves, as partitions are too few for both',
      strategy: 'blue-green',
      since: 6,
      twist: (frame: Frame) => {
        if (frame.minute < 1 || frame.minute >= 6) return;
        frame.members = [anActor('new-0', []), anActor('old-0', [0, 2]), anActor('old-1', [1, 3])];
      },
    },
    {
      why: 'rolling, once the last one is replaced',
      strategy: 'rolling',
      since: 4,
      twist: (frame: Frame) => {
        if (frame.minute < 1 || frame.minute >= 4) return;
        frame.members = [anActor('new-0', [0, 2]), anActor('old-1', [1, 3])];
      },
    },
    {
      why: 'not while a partition has no owner',
      strategy: 'stop',
      since: 3,
      twist: (frame: Frame) => {
        if (frame.minute === 1) Object.assign(frame, { state: 'Empty', members: [] });
        if (frame.minute === 2) frame.members = [anActor('new-0', [0, 2]), anActor('new-1', [1])];
      },
    },
    {
      why: 'a rebalance in between changes nothing',
      strategy: 'stop',
      since: 1,
      twist: (frame: Frame) => {
        if (frame.minute === 7) Object.assign(frame, { state: 'PreparingRebalance' });
      },
    },
  ] as const)('$why: since minute $since', ({ strategy, twist, since }) => {
    expect(inPlaceAt(twist, strategy)).toBe(since);
  });
});

test('where the selector picks old members as well, whoever comes after the start is new', () => {
  const story = aReleaseStory({ strategy: 'stop', canary: { client: '.', instance: null, host: null } });
  expect(outcomeOf(story)).toMatchObject({ decision: 'PROMOTE' });
});
