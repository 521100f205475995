import { describe, expect, test } from 'vitest';
import { EMPTY } from '../../../../builders/one-partition.ts';
import { endAt, type Story, slowedTo, spells } from '../../../../builders/partition-story.ts';
import { aMember } from '../../../../builders/snapshots.ts';

describe('dataLoss', () => {
  const overtaken = (messages: number) => (minute: number) => ({
    committed: endAt(minute) - 50,
    start: minute >= 40 && minute < 45 ? endAt(minute) - 50 + messages : 0,
  });
  test.each<Story>([
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
  test.each<Story>([
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
  test.each<Story>([
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
