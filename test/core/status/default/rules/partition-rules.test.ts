import { describe, expect, test } from 'vitest';
import type { GroupObjectives } from '../../../../../lambdas/core/status/default/objectives.ts';
import { judged, spellsOf } from '../../../../builders/judged.ts';
import { EMPTY, type Minute, minutesOf } from '../../../../builders/one-partition.ts';
import { aMember } from '../../../../builders/snapshots.ts';

/** A story of one partition with a hundred new messages a minute, told by minutes, and what it is called when. */
interface Row {
  readonly why: string;
  readonly minutes: number;
  readonly story: (minute: number) => Partial<Minute>;
  readonly objectives?: Partial<GroupObjectives>;
  readonly spells: readonly string[];
}

const endAt = (minute: number): number => 5_000 + 100 * minute;

function spells({ minutes, story, objectives = {} }: Row): readonly string[] {
  const snapshots = minutesOf(minutes, (minute) => ({
    end: endAt(minute),
    committed: endAt(minute),
    ...story(minute),
  }));
  return spellsOf(judged(snapshots, { objectives }));
}

/** Keeps up for an hour, then commits so many messages a minute. */
const slowedTo = (perMinute: number) => (minute: number) => ({
  committed: minute < 60 ? endAt(minute) : endAt(60) + perMinute * (minute - 60),
});

describe('dataLoss', () => {
  const overtaken = (messages: number) => (minute: number) => ({
    committed: endAt(minute) - 50,
    start: minute >= 40 && minute < 45 ? endAt(minute) - 50 + messages : 0,
  });
  test.each<Row>([
    {
      why: 'three messages are gone',
      minutes: 60,
      story: overtaken(3),
      spells: ['0 UNKNOWN', '1 OK', '40 DATA_LOSS', '45 OK'],
    },
    { why: 'two may be markers', minutes: 60, story: overtaken(2), spells: ['0 UNKNOWN', '1 OK'] },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});

describe('rewind', () => {
  const back = (messages: number) => (minute: number) => ({
    committed: minute < 40 ? endAt(minute) : Math.min(endAt(minute), endAt(40) - messages + 300 * (minute - 40)),
  });
  test.each<Row>([
    {
      why: 'ten minutes are read again, until the old place is reached',
      minutes: 60,
      story: back(1_000),
      spells: ['0 OK', '40 REWIND', '43 OK'],
    },
    { why: 'a minute and a half again is what a rebalance does', minutes: 60, story: back(150), spells: ['0 OK'] },
    { why: 'three messages are few, however old', minutes: 60, story: back(3), spells: ['0 OK'] },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});

describe('skip', () => {
  const late = (minute: number) => slowedTo(40)(Math.min(minute, 80)).committed;
  const awayAt = (from: number) => (minute: number) =>
    minute >= from && minute < from + 20 ? { committed: endAt(from), group: EMPTY } : {};
  const burst = (minute: number) => endAt(minute) + (minute < 30 ? 0 : 2_500);
  test.each<Row>([
    {
      why: 'twelve minutes of backlog are gone at once, and other members are there',
      minutes: 95,
      story: (minute) => ({
        committed: minute < 80 ? late(minute) : endAt(minute),
        ...(minute < 80
          ? {}
          : { group: { members: [aMember({ memberId: 'other', assigned: new Map([['orders', [0]]]) })] } }),
      }),
      spells: ['0 OK', '64 FALLING_BEHIND', '80 SKIP', '85 OK'],
    },
    {
      why: 'the same member was there before and after: it has read, however fast',
      minutes: 95,
      story: (minute) => ({ committed: minute < 80 ? late(minute) : endAt(minute) }),
      spells: ['0 OK', '64 FALLING_BEHIND', '80 OK'],
    },
    {
      why: 'the same, worked off at three times its pace, is catching up',
      minutes: 95,
      story: (minute) => ({ committed: Math.min(endAt(minute), late(minute) + 300 * Math.max(0, minute - 80)) }),
      spells: ['0 OK', '64 FALLING_BEHIND', '83 OK'],
    },
    {
      why: 'nobody was there to read anything',
      minutes: 60,
      story: (minute) => ({
        committed: minute < 30 || minute >= 50 ? endAt(minute) : endAt(30),
        group: minute >= 30 && minute < 55 ? EMPTY : {},
      }),
      spells: ['0 OK', '32 STOPPED', '50 SKIP', '55 OK'],
    },
    {
      why: 'it came back at the end, and had passed as much before only where retention had deleted it',
      minutes: 130,
      story: (minute) => ({
        ...awayAt(100)(minute),
        ...(minute >= 50 && minute < 70 ? { committed: endAt(50), group: EMPTY } : {}),
        start: minute >= 69 ? endAt(68) : 0,
      }),
      spells: ['0 OK', '52 STOPPED', '69 DATA_LOSS', '70 OK', '102 STOPPED', '120 SKIP', '125 OK'],
    },
    {
      why: 'it came back at the end, and had committed as much at once only after half an hour of work',
      minutes: 130,
      story: (minute) => ({
        ...awayAt(100)(minute),
        ...(minute >= 50 && minute < 75 ? { committed: endAt(50) } : {}),
      }),
      spells: ['0 OK', '53 STALLED', '75 OK', '102 STOPPED', '120 SKIP', '125 OK'],
    },
    {
      why: 'it came back at the end, and had worked off as much in a minute before',
      minutes: 130,
      story: (minute) => ({
        ...awayAt(100)(minute),
        end: burst(minute),
        committed: minute >= 100 && minute < 120 ? burst(100) : burst(minute),
      }),
      spells: ['0 OK', '102 STOPPED', '120 OK'],
    },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});

describe('fallingBehind', () => {
  test.each<Row>([
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

describe('objectives sharpen the rules', () => {
  const behind = (minute: number) => ({ committed: endAt(minute) - 500 });
  const batches = (every: number) => (minute: number) => ({ committed: endAt(every * Math.floor(minute / every)) });
  const resting = (minute: number) => ({
    end: endAt(Math.min(60, minute)) + (minute > 60 ? 50 : 0),
    committed: endAt(Math.min(60, minute)),
  });
  test.each<Row>([
    {
      why: 'five minutes behind is as good as any without an objective',
      minutes: 60,
      story: behind,
      spells: ['0 UNKNOWN', '1 OK'],
    },
    {
      why: 'over its time-lag objective for a quarter of an hour, and no better',
      minutes: 60,
      story: behind,
      objectives: { timeLagMs: 180_000 },
      spells: ['0 UNKNOWN', '1 OK', '19 FALLING_BEHIND'],
    },
    {
      why: 'over it, but catching up',
      minutes: 60,
      story: (minute) => ({ committed: Math.min(endAt(minute), endAt(minute) - 2_000 + 30 * minute) }),
      objectives: { timeLagMs: 180_000 },
      spells: ['0 UNKNOWN', '1 OK'],
    },
    { why: 'fifty wait and nothing moves', minutes: 90, story: resting, spells: ['0 OK', '63 UNKNOWN', '76 STALLED'] },
    { why: 'fifty may wait', minutes: 90, story: resting, objectives: { allowedLagMessages: 100 }, spells: ['0 OK'] },
    {
      why: 'a batch an hour is a standstill to who knows nothing of it',
      minutes: 125,
      story: batches(60),
      spells: ['0 OK', '3 UNKNOWN', '46 STALLED', '60 OK', '63 UNKNOWN', '106 STALLED', '120 OK', '123 UNKNOWN'],
    },
    {
      why: 'a batch an hour is expected',
      minutes: 125,
      story: batches(60),
      objectives: { cadenceMs: 3_600_000 },
      spells: ['0 OK'],
    },
    {
      why: 'a batch an hour is expected, and does not come',
      minutes: 170,
      story: (minute) => batches(60)(Math.min(minute, 60)),
      objectives: { cadenceMs: 3_600_000 },
      spells: ['0 OK', '134 STALLED'],
    },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});

describe('a transaction marker', () => {
  test.each<Row>([
    {
      why: 'leaves a lag of 1 behind each commit',
      minutes: 90,
      story: (minute) => ({ committed: endAt(minute) - 1 }),
      spells: ['0 OK'],
    },
    {
      why: 'rests for ever when nothing more is written',
      minutes: 120,
      story: (minute) => ({ end: endAt(Math.min(30, minute)), committed: endAt(Math.min(30, minute)) - 1 }),
      spells: ['0 OK'],
    },
    {
      why: 'is no work that an empty group leaves undone',
      minutes: 120,
      story: () => ({ end: 501, committed: 500, group: EMPTY }),
      spells: ['0 OK'],
    },
  ])('$why', (row) => expect(spells(row)).toEqual(row.spells));
});
