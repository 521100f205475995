import { describe, expect, test } from 'vitest';
import {
  anActor,
  aReleaseStory,
  type Frame,
  outcomeOf,
  PER_MINUTE,
  type Story,
} from '../../../builders/release-story.ts';

/** What is still missing at a minute. */
function missingAt(minute: number, story: Story): readonly string[] {
  const until = story.snapshots.filter(({ atMs }) => atMs <= story.release.startedAtMs + minute * 60_000);
  const { decision, codes } = outcomeOf({ ...story, snapshots: until });
  expect(decision).toBe('CONTINUE');
  return codes;
}

describe('a promotion waits while', () => {
  test.each([
    { why: 'the new version has not taken over', missing: 'NOT_IN_PLACE', minute: 0, twist: () => {} },
    { why: 'it could still fail late', missing: 'NOT_LONG_IN_PLACE', minute: 9, twist: () => {} },
    {
      why: 'it is further behind than usual',
      missing: 'LAG_NOT_LOW',
      minute: 20,
      twist: (frame: Frame) => {
        if (frame.minute >= 8) frame.committed[0] = (frame.ends[0] ?? 0) - 1.5 * PER_MINUTE;
      },
    },
    {
      why: 'it is within the margin, and further behind each minute',
      missing: 'LAG_RISING',
      minute: 14,
      twist: (frame: Frame) => {
        if (frame.minute >= 12) frame.committed[0] = (frame.ends[0] ?? 0) - 0.2 * (frame.minute - 11) * PER_MINUTE;
      },
    },
    {
      why: 'everybody is behind',
      missing: 'COMMON_CAUSE',
      minute: 20,
      twist: (frame: Frame) => {
        if (frame.minute >= 8) frame.committed = frame.ends.map((end) => end - 2 * PER_MINUTE);
      },
    },
    {
      why: 'the group rebalanced lately',
      missing: 'NOT_SETTLED',
      minute: 15,
      twist: (frame: Frame) => {
        if (frame.minute === 12 || frame.minute === 14) frame.state = 'PreparingRebalance';
      },
    },
    {
      // It used to be promoted in the middle of a storm, at a moment with few rebalances behind it.
      why: 'the group rebalances right now',
      missing: 'NOT_SETTLED',
      minute: 14,
      twist: (frame: Frame) => {
        if (frame.minute === 14) frame.state = 'PreparingRebalance';
      },
    },
    {
      why: 'the group rebalances now and then',
      missing: 'NOT_SETTLED',
      minute: 15,
      twist: (frame: Frame) => {
        if ([8, 10, 13].includes(frame.minute)) frame.state = 'PreparingRebalance';
      },
    },
    {
      why: 'it has handled too little',
      missing: 'TOO_LITTLE_TRAFFIC',
      minute: 20,
      twist: (frame: Frame) => {
        frame.ends = frame.ends.map(() => 100 + frame.minute);
        frame.committed = [...frame.ends];
      },
    },
    {
      why: 'the group is busier as a rule',
      missing: 'CAPACITY_NOT_TESTED',
      minute: 15,
      twist: (frame: Frame) => {
        frame.ends = frame.ends.map((end) => end + 10 * Math.max(0, -frame.minute) * -PER_MINUTE);
        frame.committed = frame.ends.map((end) => end - 30);
      },
    },
    {
      why: 'with work waiting, it was slower than it must be',
      missing: 'CAPACITY_DOUBTFUL',
      minute: 19,
      twist: (frame: Frame) => {
        const { minute } = frame;
        const late = Math.max(0, 1.7 - 0.6 * (minute - 5));
        const backlog = minute < 1 ? 0 : minute <= 5 ? 2.2 - 0.1 * minute : late;
        frame.ends = frame.ends.map((end) => end + Math.min(0, frame.minute) * 4 * PER_MINUTE);
        frame.committed = frame.ends.map((end, p) => end - 30 - (p === 0 ? backlog * PER_MINUTE : 0));
      },
    },
  ])('$why: $missing', ({ missing, minute, twist }) => {
    expect(missingAt(minute, aReleaseStory({}, twist))).toContain(missing);
  });

  test('it was slow long after it joined, and no load came since to show that it is not: CAPACITY_DOUBTFUL', () => {
    const backlogs: Record<number, number> = { 9: 0.7, 10: 1.4, 11: 1.9, 12: 1.3, 13: 0.6 };
    const story = aReleaseStory({}, (frame) => {
      const backlog = (backlogs[frame.minute] ?? 0) * PER_MINUTE;
      frame.ends = frame.ends.map((end) => end + Math.min(0, frame.minute) * 4 * PER_MINUTE);
      frame.committed = frame.ends.map((end, p) => end - 30 - (p === 0 ? backlog : 0));
    });
    expect(outcomeOf(story)).toMatchObject({ decision: 'INCONCLUSIVE', minute: 30 });
    expect(outcomeOf(story).codes).toContain('CAPACITY_DOUBTFUL');
  });

  test('the past is not known: PAST_UNKNOWN', () => {
    expect(missingAt(20, aReleaseStory({ from: -5 }))).toContain('PAST_UNKNOWN');
  });

  test('the last snapshots do not show the group: BLIND, and nothing is decided before the deadline', () => {
    const story = aReleaseStory({}, (frame) => {
      frame.isSeen = frame.minute < 10;
    });
    expect(missingAt(20, story)).toEqual(['BLIND']);
    expect(outcomeOf(story)).toMatchObject({ decision: 'INCONCLUSIVE', minute: 30 });
  });

  test('too few of the last windows could be read: TOO_FEW_SAMPLES', () => {
    const story = aReleaseStory({}, (frame) => {
      frame.isSeen = frame.minute < 5 || frame.minute % 5 === 0;
    });
    expect(missingAt(15, story)).toContain('TOO_FEW_SAMPLES');
  });
});

test('what piled up during the hand-over is load as well, once it was worked off', () => {
  const busier = (gap: boolean) => (frame: Frame) => {
    frame.ends = frame.ends.map((end) => end + Math.min(0, frame.minute) * 4 * PER_MINUTE);
    frame.committed = frame.ends.map((end) => end - 30);
    if (!gap || frame.minute < -1 || frame.minute > 0) return;
    frame.members = [];
    frame.state = 'Empty';
    frame.committed = frame.ends.map((end) => end - 30 - (frame.minute + 2) * 4 * PER_MINUTE);
  };
  expect(outcomeOf(aReleaseStory({ strategy: 'stop' }, busier(false)))).toMatchObject({
    decision: 'PROMOTE',
    minute: 18,
  });
  expect(outcomeOf(aReleaseStory({ strategy: 'stop' }, busier(true)))).toMatchObject({
    decision: 'PROMOTE',
    minute: 14,
  });
});

describe('nothing holds a promotion up that is not the release’s', () => {
  test.each([
    {
      why: 'an old member is gone',
      twist: (frame: Frame) => {
        if (frame.minute >= 6) frame.members = [anActor('new-0', [0, 2]), anActor('old-0', [1, 3])];
      },
    },
    {
      why: 'it commits each minute where the old one did each five seconds',
      twist: (frame: Frame) => {
        if (frame.minute >= 1) frame.committed[0] = (frame.ends[0] ?? 0) - PER_MINUTE;
      },
    },
    {
      why: 'it was a while behind, and is not any more',
      twist: (frame: Frame) => {
        if (frame.minute === 7) frame.committed[0] = (frame.ends[0] ?? 0) - 0.9 * PER_MINUTE;
      },
    },
  ])('$why', ({ twist }) => {
    expect(outcomeOf(aReleaseStory({}, twist))).toMatchObject({ decision: 'PROMOTE', minute: 14 });
  });
});

test('late in the release, few messages suffice, and a backlog that is being worked off', () => {
  const quiet = aReleaseStory({}, (frame) => {
    frame.ends = frame.ends.map(() => 100 + Math.floor(frame.minute / 4));
    frame.committed = [...frame.ends];
  });
  expect(outcomeOf(quiet)).toMatchObject({ decision: 'PROMOTE', minute: 26 });

  const draining = aReleaseStory({ strategy: 'stop' }, (frame) => {
    const burstMinutes = Math.min(4, Math.max(0, frame.minute - 8));
    const backlog = Math.max(0, 8 * burstMinutes - 1.3 * Math.max(0, frame.minute - 12)) * PER_MINUTE;
    frame.ends = frame.ends.map((end) => end + burstMinutes * 9 * PER_MINUTE);
    frame.committed = frame.ends.map((end) => end - 30 - backlog);
  });
  expect(outcomeOf(draining)).toMatchObject({ decision: 'PROMOTE', minute: 29 });
});

test('no traffic at all is no success', () => {
  const silent = aReleaseStory({}, (frame) => {
    frame.ends = frame.ends.map(() => 100);
    frame.committed = [...frame.ends];
  });
  const { decision, codes } = outcomeOf(silent);
  expect({ decision, codes }).toEqual({ decision: 'INCONCLUSIVE', codes: ['TOO_LITTLE_TRAFFIC', 'NOT_VISIBLE'] });
});

test('a promotion says what was shown, what was not tested, and what offsets do not show', () => {
  const quiet = aReleaseStory({ strategy: 'stop' }, (frame) => {
    frame.ends = frame.ends.map((end) => end + 10 * Math.min(0, frame.minute) * PER_MINUTE);
    frame.committed = frame.ends.map((end) => end - 30);
  });
  const { decision, codes } = outcomeOf(quiet);
  expect(decision).toBe('PROMOTE');
  expect(codes).toEqual(['NO_WORSE', 'CAPACITY_NOT_TESTED', 'NO_CONTROLS', 'NOT_VISIBLE']);
});
