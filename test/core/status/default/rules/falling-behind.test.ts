import { describe, expect, test } from 'vitest';
import { endAt, type Story, slowedTo, spells } from '../../../../builders/partition-story.ts';

describe('fallingBehind', () => {
  test.each<Story>([
    {
      why: 'half of what it could: quick to see',
      minutes: 110,
      story: slowedTo(50),
      spells: ['0 OK', '65 FALLING_BEHIND'],
    },
    {
      why: 'less than half of what it could, and two minutes late: the clearer, the sooner',
      minutes: 110,
      story: slowedTo(45),
      spells: ['0 OK', '64 FALLING_BEHIND'],
    },
    {
      why: 'a burst of 30 times a minute, worked off in half an hour at a new best',
      minutes: 110,
      story: (minute) => {
        const end = endAt(minute) + Math.min(3_000, Math.max(0, 300 * (minute - 60)));
        return { end, committed: minute < 60 ? end : Math.min(end, endAt(60) + 200 * (minute - 60)) };
      },
      spells: ['0 OK'],
    },
    {
      why: 'a new group catches up from far behind: a backlog that shrinks is never an alarm, whatever its size',
      minutes: 110,
      story: (minute) => ({ end: 60_000 + 100 * minute, committed: 600 * minute }),
      spells: ['0 UNKNOWN', '1 OK'],
    },
    {
      why: 'more is written than it ever handled: a burst at first, and trouble once it lasts',
      minutes: 120,
      story: (minute) => ({
        end: endAt(minute) + Math.max(0, 60 * (minute - 60)),
        committed: endAt(minute),
      }),
      spells: ['0 OK', '88 FALLING_BEHIND'],
    },
    {
      why: 'it commits every 20 min, and what waits then grows, yet is no older than its commits lie apart',
      minutes: 400,
      story: (minute) => {
        const commits = Math.floor(minute / 20);
        return { committed: endAt(20 * commits) - 50 * commits };
      },
      objectives: { cadenceMs: 1_200_000 },
      spells: ['0 OK'],
    },
    {
      why: 'it ends once the backlog shrinks for good, long before it is gone',
      minutes: 140,
      story: (minute) => ({
        committed:
          minute < 90
            ? slowedTo(50)(minute).committed
            : Math.min(endAt(minute), slowedTo(50)(90).committed + 160 * (minute - 90)),
      }),
      spells: ['0 OK', '65 FALLING_BEHIND', '97 OK'],
    },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});
