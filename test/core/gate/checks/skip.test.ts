import { expect, test } from 'vitest';
import { DEFAULT_GATE_SETTINGS } from '../../../../lambdas/core/gate/settings.ts';
import { aReleaseStory, type Frame, outcomeOf, PER_MINUTE } from '../../../builders/release-story.ts';

/** From minute 4 on these partitions stand still for some minutes, and then are at their end. */
const pauses =
  (partitions: readonly number[], minutes: number) =>
  (frame: Frame): void => {
    const stoodMinutes = frame.minute - 3;
    if (stoodMinutes < 1 || stoodMinutes > minutes) return;
    for (const p of partitions) frame.committed[p] = (frame.ends[p] ?? 0) - (stoodMinutes + 0.05) * PER_MINUTE;
  };

test.each([
  {
    why: 'the canary hangs for two minutes and is at its end',
    strategy: 'canary',
    partitions: [0],
    minutes: 2,
    decision: 'ROLLBACK',
    minute: 6,
    code: 'SKIP',
  },
  {
    why: 'it hung for one minute',
    strategy: 'canary',
    partitions: [0],
    minutes: 1,
    decision: 'PROMOTE',
    minute: 14,
    code: 'NO_WORSE',
  },
  {
    why: 'the old version hung as well',
    strategy: 'canary',
    partitions: [0, 1, 2, 3],
    minutes: 2,
    decision: 'PROMOTE',
    minute: 14,
    code: 'NO_WORSE',
  },
  {
    why: 'nobody was left to tell what stopped it',
    strategy: 'stop',
    partitions: [0, 1, 2, 3],
    minutes: 2,
    decision: 'INCONCLUSIVE',
    minute: 30,
    code: 'PERHAPS_SKIPPED',
  },
] as const)('$why: $decision at minute $minute', ({ strategy, partitions, minutes, decision, minute, code }) => {
  const outcome = outcomeOf(aReleaseStory({ strategy }, pauses(partitions, minutes)));
  expect(outcome).toMatchObject({ decision, minute });
  expect(outcome.codes).toContain(code);
});

test('a backlog that is gone faster than anybody ever read was skipped', () => {
  const story = aReleaseStory({ strategy: 'stop' }, (frame) => {
    const { minute } = frame;
    if (minute < 1 || minute > 20) return;
    const stoodAtMinute = minute < 20 ? 0 : 20;
    if (minute < 19) Object.assign(frame, { state: 'Empty', members: [] });
    frame.committed = frame.ends.map((end) => end - (minute - stoodAtMinute) * PER_MINUTE);
  });
  // Nobody joins for 19 minutes here, which is another check's business.
  const patient = { ...DEFAULT_GATE_SETTINGS, joinMs: 3_600_000 };
  expect(outcomeOf(story, patient)).toMatchObject({ decision: 'ROLLBACK', codes: ['SKIP'], minute: 20 });
});
