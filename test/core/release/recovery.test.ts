import { expect, test } from 'vitest';
import type { GroupState } from '../../../lambdas/core/cluster/group.ts';
import { judgeRecovery } from '../../../lambdas/core/release/recovery.ts';
import { aRelease } from '../../builders/release-story.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

interface Reading {
  readonly lag: number;
  readonly members?: number;
  readonly state?: GroupState;
  readonly isAbsent?: boolean;
}

const DEADLINE_MINUTES = 30;

/** One reading a minute, the last one at `minute`. */
const judged = (readings: readonly Reading[], minute = readings.length) =>
  judgeRecovery(
    aRelease({ deadlineMs: DEADLINE_MINUTES * 60_000 }),
    readings.map(({ lag, members = 1, state = 'Stable', isAbsent = false }, index) =>
      aSnapshot({
        atMs: T0_MS + (minute - readings.length + 1 + index) * 60_000,
        topics: new Map([['orders', [aLog(10_000)]]]),
        groups: isAbsent
          ? new Map()
          : new Map([
              [
                'billing',
                aGroup({
                  state,
                  members: Array.from({ length: members }, () => aMember()),
                  committed: new Map([['orders', [10_000 - lag]]]),
                }),
              ],
            ]),
      }),
    ),
  );

const gone: Reading = { lag: 900, members: 0, state: 'Empty' };

test.each<{ why: string; readings: Reading[]; decision: string; code: string }>([
  { why: 'too few readings yet', readings: [{ lag: 5 }, { lag: 5 }], decision: 'CONTINUE', code: 'NOT_RECOVERED' },
  { why: 'nobody is there', readings: [gone, gone, gone], decision: 'CONTINUE', code: 'NOT_RECOVERED' },
  {
    why: 'one of the last readings was in a rebalance',
    readings: [{ lag: 9 }, { lag: 9, state: 'PreparingRebalance' }, { lag: 9 }],
    decision: 'CONTINUE',
    code: 'NOT_RECOVERED',
  },
  {
    why: 'it goes on falling behind',
    readings: [{ lag: 100 }, { lag: 200 }, { lag: 300 }],
    decision: 'CONTINUE',
    code: 'LAG_GROWS',
  },
  {
    why: 'it fell behind while nobody was there, and catches up',
    readings: [{ lag: 100, members: 0, state: 'Empty' }, { lag: 900 }, { lag: 700 }, { lag: 500 }],
    decision: 'PROMOTE',
    code: 'RECOVERED',
  },
  {
    why: 'it never fell behind',
    readings: [{ lag: 7 }, { lag: 9 }, { lag: 7 }],
    decision: 'PROMOTE',
    code: 'RECOVERED',
  },
  {
    why: 'a reading without the group tells nothing',
    readings: [{ lag: 7 }, { lag: 7 }, { lag: 7, isAbsent: true }, { lag: 7 }],
    decision: 'PROMOTE',
    code: 'RECOVERED',
  },
])('$why: $decision, $code', ({ readings, decision, code }) => {
  const judgement = judged(readings);
  expect([judgement.decision, judgement.reasons[0]?.code]).toEqual([decision, code]);
});

test('at the deadline it is INCONCLUSIVE, and never a rollback', () => {
  expect(judged([gone, gone, gone], DEADLINE_MINUTES - 1).decision).toBe('CONTINUE');
  expect(judged([gone, gone, gone], DEADLINE_MINUTES).decision).toBe('INCONCLUSIVE');
  expect(judged([], DEADLINE_MINUTES)).toMatchObject({ decision: 'CONTINUE', evidence: { atMs: T0_MS } });
});
