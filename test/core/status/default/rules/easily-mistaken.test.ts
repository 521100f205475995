import { describe, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../../../../lambdas/core/cluster/snapshot.ts';
import { judged, spellsOf } from '../../../../builders/judged.ts';
import { EMPTY, minutesOf } from '../../../../builders/one-partition.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../../../builders/snapshots.ts';

/** One partition at one time: log end and commit. */
type Place = readonly [end: number, committed: number];

/** `billing` with one member that owns all of `orders`, a snapshot a minute; null: none was taken. */
function told(minutes: number, placesAt: (minute: number) => readonly Place[] | null): readonly ClusterSnapshot[] {
  return Array.from({ length: minutes }, (_, minute) => {
    const places = placesAt(minute);
    if (places === null) return [];
    const owner = aMember({ assigned: new Map([['orders', places.map((_, partition) => partition)]]) });
    const committed = new Map([['orders', places.map(([, offset]) => offset)]]);
    return aSnapshot({
      atMs: T0_MS + minute * 60_000,
      topics: new Map([['orders', places.map(([end]) => aLog(end))]]),
      groups: new Map([['billing', aGroup({ members: [owner], committed })]]),
    });
  }).flat();
}

/** What is written in a minute from the beginning on, and to where a consumer comes that was slowed after an hour. */
const endAt = (perMinute: number, minute: number): number => 5_000 + perMinute * minute;
const slowed = (perMinute: number, to: number, minute: number): Place => [
  endAt(perMinute, minute),
  minute < 60 ? endAt(perMinute, minute) : endAt(perMinute, 60) + to * (minute - 60),
];

describe('a partition that is late alone', () => {
  const keepsUp = (perMinute: number, minute: number): Place => [endAt(perMinute, minute), endAt(perMinute, minute)];
  test.each([
    {
      why: 'its owner keeps up with five others, so that the sum falls by a twelfth only',
      places: (minute: number) => [slowed(100, 50, minute), ...Array(5).fill(keepsUp(minute < 60 ? 105 : 100, minute))],
      spells: ['0 OK', '65 FALLING_BEHIND'],
    },
    {
      why: 'its owner does as much as it ever did, and the others take more of it',
      places: (minute: number) => {
        const more = minute < 60 ? 0 : 50 * (minute - 60);
        return [slowed(100, 50, minute), [endAt(100, minute) + more, endAt(100, minute) + more] as const];
      },
      spells: ['0 OK', '88 FALLING_BEHIND'],
    },
    {
      why: 'the others are late too: then it is their owner, which does half of what it could',
      places: (minute: number) => [slowed(100, 50, minute), slowed(100, 50, minute)],
      spells: ['0 OK', '65 FALLING_BEHIND'],
    },
  ])('$why', ({ places, spells }) => expect(spellsOf(judged(told(95, places)))).toEqual(spells));
});

describe('what shows no pace', () => {
  test('an old backlog, most of which compaction has taken', () => {
    // Of three hours it passes the old ones in a quarter of an hour, where hardly a message is left, and the rest at its
    // true pace. Later more is written than that, though not for the first time so much.
    const writtenBy = (minute: number) =>
      5_000 + 80 * minute + 20 * Math.max(0, minute - 300) + 18 * Math.max(0, minute - 400);
    const places = (minute: number): readonly Place[] => {
      const end = writtenBy(minute);
      const since = Math.max(0, minute - 180);
      return [[end, Math.min(end, 5_000 + 1_000 * Math.min(14, since) + 105 * Math.max(0, since - 14))]];
    };
    expect(spellsOf(judged(told(430, places))).slice(-1)).toEqual(['182 OK']);
  });

  test('two commits that a hole in the samples has brought together', () => {
    // It commits every five minutes; after the hole, one commit is seen late, and the next one in time.
    const commits = (minute: number) => Math.floor((minute + 2) / 5);
    const places = (minute: number): Place[] | null => {
      if (minute >= 98 && minute < 102) return null; // the commit of minute 98 is seen in 102
      const end = endAt(minute < 120 ? 100 : 110, minute) - (minute < 120 ? 0 : 1_200);
      return [[end, 5_000 + 500 * commits(minute) - 200]];
    };
    expect(spellsOf(judged(told(170, places)))).toEqual(['0 UNKNOWN', '1 OK', '6 UNKNOWN', '8 OK']);
  });
});

describe('small rewinds where little is written', () => {
  const back = (messages: number, perMinute: number) => (minute: number) => {
    const end = endAt(perMinute, minute);
    if (minute < 40) return { end, committed: end };
    return { end, committed: Math.min(end, endAt(perMinute, 40) - messages + 10 * perMinute * (minute - 40)) };
  };
  test.each([
    { why: 'seventeen messages are three minutes, and one poll', messages: 17, perMinute: 6, spells: ['0 OK'] },
    {
      why: 'fifty messages are eight minutes and a half',
      messages: 51,
      perMinute: 6,
      spells: ['0 OK', '40 REWIND', '41 OK'],
    },
    {
      why: 'thirty messages are a quarter of an hour',
      messages: 30,
      perMinute: 2,
      spells: ['0 OK', '40 REWIND', '42 OK'],
    },
    {
      why: 'ninety messages are more than a poll',
      messages: 90,
      perMinute: 25,
      spells: ['0 OK', '40 REWIND', '41 OK'],
    },
  ])('$why', ({ messages, perMinute, spells }) =>
    expect(spellsOf(judged(minutesOf(60, back(messages, perMinute))))).toEqual(spells));
});

describe('a group that came from far behind and leaves', () => {
  const arrives = (leavesAt: number) => (minute: number) => {
    const [end, there] = [endAt(100, minute), Math.min(minute, leavesAt) - 120];
    const committed = there < 0 ? 5_000 : Math.min(endAt(100, 120 + there), 5_000 + 1_500 * there);
    return { end, committed, ...(there < 0 || minute > leavesAt ? { group: EMPTY } : {}) };
  };
  test.each([
    { why: 'after half an hour at the head: a job', leavesAt: 160, spells: ['162 UNKNOWN'] },
    { why: 'after more than an hour at the head: no job waits so long', leavesAt: 200, spells: ['202 STOPPED'] },
  ])('$why', ({ leavesAt, spells }) => {
    const all = spellsOf(judged(minutesOf(220, arrives(leavesAt))));
    expect(all.slice(-1)).toEqual(spells);
  });
});
