import { expect, test } from 'vitest';
import { DEFAULT_GATE_SETTINGS } from '../../../../lambdas/core/gate/settings.ts';
import { aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

/** These partitions stand still from one minute to another, and a minute later are at their end. */
const stand =
  (partitions: readonly number[], from: number, until: number) =>
  (frame: Frame): void => {
    if (frame.minute < from || frame.minute > until) return;
    const stoodMinutes = frame.minute - from + 1;
    for (const p of partitions) frame.committed[p] = (frame.ends[p] ?? 0) - (stoodMinutes + 0.05) * PER_MINUTE;
  };

const ALL = [0, 1, 2, 3];

test.each([
  {
    why: 'three minutes behind, the canary alone',
    of: 'canary',
    partitions: [0],
    from: 0,
    until: 2,
    decision: 'ROLLBACK',
    minute: 3,
    code: 'SKIP',
  },
  {
    why: 'two, the canary alone',
    of: 'canary',
    partitions: [0],
    from: 4,
    until: 5,
    decision: 'INCONCLUSIVE',
    minute: 30,
    code: 'PERHAPS_SKIPPED',
  },
  {
    why: 'one, the canary alone',
    of: 'canary',
    partitions: [0],
    from: 4,
    until: 4,
    decision: 'PROMOTE',
    minute: 14,
    code: 'NO_WORSE',
  },
  {
    why: 'two, the old version as well',
    of: 'canary',
    partitions: ALL,
    from: 4,
    until: 5,
    decision: 'PROMOTE',
    minute: 14,
    code: 'NO_WORSE',
  },
  {
    why: 'six, all of the new version',
    of: 'stop',
    partitions: ALL,
    from: -3,
    until: 2,
    decision: 'ROLLBACK',
    minute: 3,
    code: 'SKIP',
  },
  {
    why: 'two, all of the new version',
    of: 'stop',
    partitions: ALL,
    from: 4,
    until: 5,
    decision: 'INCONCLUSIVE',
    minute: 30,
    code: 'PERHAPS_SKIPPED',
  },
] as const)('standing still and being at the end at once: minutes behind: $why: $decision at minute $minute', ({
  of: strategy,
  partitions,
  from,
  until,
  decision,
  minute,
  code,
}) => {
  const outcome = outcomeOf(aReleaseStory({ strategy }, stand(partitions, from, until)));
  expect(outcome).toMatchObject({ decision, minute });
  expect(outcome.codes).toContain(code);
});

/** Half an hour before the start twelve minutes' worth of messages comes at once, and is worked off at twice the rate. */
function oldBacklog(frame: Frame): void {
  const { minute } = frame;
  if (minute < -30) return;
  const backlog = Math.max(0, 12 - (minute + 30)) * PER_MINUTE;
  frame.ends = frame.ends.map((end) => end + 12 * PER_MINUTE);
  frame.committed = frame.ends.map((end) => end - 30 - backlog);
}

/** What has piled up while nobody was there is gone at minute 20. */
const lateToTheEnd =
  (joinsAt: number) =>
  (frame: Frame): void => {
    const { minute } = frame;
    if (minute < 1 || minute >= 20) return;
    if (minute < joinsAt) Object.assign(frame, { state: 'Empty', members: [] });
    frame.committed = frame.ends.map((end) => end - minute * PER_MINUTE);
  };

// Nobody joins for 19 minutes here, which is another check's business.
const PATIENT = { ...DEFAULT_GATE_SETTINGS, joinMs: 3_600_000 };

test.each([
  { why: 'its members were seen before the backlog was gone', joinsAt: 19 },
  // Nobody owned the partitions at minute 19: this used to hide the jump.
  { why: 'they joined and jumped between two samples', joinsAt: 20 },
])('a backlog that is gone several times faster than the group can read was skipped: $why', ({ joinsAt }) => {
  const story = aReleaseStory({ strategy: 'stop' }, (frame) => {
    oldBacklog(frame);
    lateToTheEnd(joinsAt)(frame);
  });
  expect(outcomeOf(story, PATIENT)).toMatchObject({ decision: 'ROLLBACK', codes: ['SKIP'], minute: 20 });
});

test('how fast a group can read is not known from how fast messages came', () => {
  const story = aReleaseStory({ strategy: 'stop' }, lateToTheEnd(19));
  expect(outcomeOf(story, PATIENT)).toMatchObject({ decision: 'PROMOTE' });
});

test('where a broker did not serve some of the logs meanwhile, others may have paused for it as well', () => {
  const story = aReleaseStory({ strategy: 'stop' }, (frame) => {
    stand([1, 2, 3], 4, 5)(frame);
    // Partition 0's broker is away: nobody writes to it or reads from it.
    if (frame.minute >= 4) frame.ends[0] = (frame.ends[0] ?? 0) - Math.min(2, frame.minute - 3) * PER_MINUTE;
    if (frame.minute >= 4) frame.committed[0] = (frame.ends[0] ?? 0) - 30;
  });
  expect(outcomeOf(story)).toMatchObject({ decision: 'PROMOTE', minute: 14 });
});
