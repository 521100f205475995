import { describe, expect, test } from 'vitest';
import { judged, spellsOf } from '../../../../builders/judged.ts';
import { type Minute, minutesOf } from '../../../../builders/one-partition.ts';
import { aMember } from '../../../../builders/snapshots.ts';

const endAt = (minute: number): number => 5_000 + 100 * minute;

/** From minute 60 on for twenty minutes, members come and go in these minutes; a fifth of the work gets done. */
const storm =
  (unsettled: (minute: number) => boolean, perMinute = 20) =>
  (minute: number): Minute => ({
    end: endAt(minute),
    committed: minute < 60 ? endAt(minute) : endAt(60) + perMinute * (minute - 60),
    ...(minute >= 60 && minute < 80 && unsettled(minute)
      ? {
          group: {
            state: 'PreparingRebalance',
            members: [aMember({ memberId: `m-${minute}`, assigned: new Map([['orders', [0]]]) })],
          },
        }
      : {}),
  });

describe('rebalanceStorm', () => {
  test.each([
    {
      why: 'seven of ten samples are unsettled and the backlog is old and grows',
      story: storm(() => true),
      spells: ['0 OK', '66 REBALANCE_STORM', '87 FALLING_BEHIND'],
    },
    { why: 'a group that keeps up all the same suffers no storm', story: storm(() => true, 100), spells: ['0 OK'] },
    {
      why: 'a rebalance every fourth minute is none: what is behind is told as that',
      story: storm((minute) => minute % 4 === 0),
      absent: 'REBALANCE_STORM',
    },
  ])('$why', ({ story, spells, absent }) => {
    const told = spellsOf(judged(minutesOf(95, story)));
    if (spells !== undefined) expect(told).toEqual(spells);
    else expect(told.map((spell) => spell.split(' ')[1])).not.toContain(absent);
  });

  test('says in how many samples, and how old the work is', () => {
    const [, reason] = judged(
      minutesOf(
        95,
        storm(() => true),
      ),
    ).flatMap(({ kind, reason }) => (kind === 'REBALANCE_STORM' ? [reason] : []));
    expect(reason?.sentence).toMatch(/^members changed or the group rebalanced in \d+ of the last 10 samples; /);
    expect(reason?.numbers).toMatchObject({ windowSamples: 10 });
  });
});
