import { describe, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../../../lambdas/core/cluster/snapshot.ts';
import { defaultRuleset } from '../../../../lambdas/core/status/default/default-ruleset.ts';
import { EMPTY, type Minute, minutesOf } from '../../../builders/one-partition.ts';
import { aLog } from '../../../builders/snapshots.ts';

const HAND_MINUTE = 60;
const MINUTES = 100;

/** Hundred messages a minute, all of them read. */
const steady = (minute: number): Minute => ({ end: 1_000 + 100 * minute, committed: 1_000 + 100 * minute });

/** As usual until somebody does something, then this. */
const then =
  (after: (sinceMinutes: number) => Partial<Minute>) =>
  (minute: number): Minute =>
    minute < HAND_MINUTE ? steady(minute) : { ...steady(minute), ...after(minute - HAND_MINUTE) };

const recreated = (since: number) => 100 * since;

describe('what an operator does by hand, and what a group is called for it', () => {
  test.each<{ what: string; minutes: (minute: number) => Minute; kinds: readonly string[]; why: string }>([
    {
      what: 'a topic is deleted and made anew, its commits go with it, and the consumer goes on',
      minutes: then((since) => ({ end: recreated(since), committed: since < 2 ? null : recreated(since) })),
      kinds: [],
      why: 'lower offsets are another log, not work that is done twice',
    },
    {
      what: 'a topic is made anew and the old commit stays for a while, beyond the new end',
      minutes: then((since) => ({ end: recreated(since), committed: since < 3 ? 7_000 : recreated(since) })),
      kinds: [],
      why: 'older brokers keep commits of deleted topics until they expire',
    },
    {
      what: 'the group is stopped, its offsets are set back, and it starts again',
      minutes: then((since) => {
        if (since < 2) return { committed: steady(HAND_MINUTE).committed, group: EMPTY };
        if (since === 2) return { committed: 4_000, group: EMPTY };
        return { committed: Math.min(steady(HAND_MINUTE + since).end, 4_000 + 800 * (since - 2)) };
      }),
      kinds: ['REWIND'],
      why: 'messages are handled twice: somebody must know, even if it was wanted',
    },
    {
      what: 'the offsets of a running group are set to the end, over a backlog',
      minutes: (minute) => {
        if (minute < HAND_MINUTE) return steady(minute);
        const waiting = { ...steady(minute), committed: steady(HAND_MINUTE).committed };
        return minute < HAND_MINUTE + 2 ? { ...waiting, group: EMPTY } : steady(minute);
      },
      kinds: [],
      why: 'two minutes of backlog that are gone at once are also what a fast consumer leaves',
    },
    {
      what: 'records that nobody has read are deleted by hand',
      minutes: then((since) => ({
        committed: since < 2 ? steady(HAND_MINUTE).committed : steady(HAND_MINUTE + since).end,
        start: since < 1 ? 0 : steady(HAND_MINUTE).end + 50,
      })),
      kinds: ['DATA_LOSS'],
      why: 'they are lost to this group, whoever deleted them',
    },
  ])('$what: $why', ({ minutes, kinds }) => {
    expect(kindsOf(minutesOf(MINUTES, minutes))).toEqual(kinds);
  });

  test('a partition is added: it has no commit at first, and that is no trouble', () => {
    const added = minutesOf(MINUTES, steady).map((snapshot, minute): ClusterSnapshot => {
      if (minute < HAND_MINUTE) return snapshot;
      const [orders] = snapshot.topics.get('orders') ?? [];
      const since = minute - HAND_MINUTE;
      const group = snapshot.groups.get('billing');
      if (group === undefined) return snapshot;
      const committed = [steady(minute).committed, since < 3 ? null : 100 * since];
      const members = (group.members ?? []).map((member) => ({ ...member, assigned: new Map([['orders', [0, 1]]]) }));
      return {
        ...snapshot,
        topics: new Map([['orders', [orders ?? null, aLog(100 * since)]]]),
        groups: new Map([['billing', { ...group, members, committed: new Map([['orders', committed]]) }]]),
      };
    });
    expect(kindsOf(added)).toEqual([]);
  });

  test('a group is stopped that was always behind in one partition and never in another: it was no job', () => {
    const uneven = minutesOf(200, (minute) => ({
      end: 1_000 + 100 * minute,
      committed: 500 + (minute < 180 ? 60 * minute : 60 * 180),
      ...(minute < 180 ? {} : { group: EMPTY }),
    })).map((snapshot, minute): ClusterSnapshot => {
      const group = snapshot.groups.get('billing');
      if (group === undefined) return snapshot;
      const [behind = null] = group.committed.get('orders') ?? [];
      const committed = new Map([['orders', [behind, 100 * Math.min(minute, 180)]]]);
      const members = (group.members ?? []).map((member) => ({ ...member, assigned: new Map([['orders', [0, 1]]]) }));
      const [orders = null] = snapshot.topics.get('orders') ?? [];
      return {
        ...snapshot,
        topics: new Map([['orders', [orders, aLog(100 * minute)]]]),
        groups: new Map([['billing', { ...group, members, committed }]]),
      };
    });
    expect(kindsOf(uneven)).toEqual(['FALLING_BEHIND', 'STOPPED']);
  });

  test('a group is deleted: nothing is said of it any more', () => {
    const snapshots = minutesOf(MINUTES, steady).map((snapshot, minute) =>
      minute < HAND_MINUTE ? snapshot : { ...snapshot, groups: new Map() },
    );
    expect(kindsOf(snapshots)).toEqual([]);
  });
});

/** What the group was called but fine, each once, in order. */
function kindsOf(snapshots: readonly ClusterSnapshot[]): readonly string[] {
  const run = defaultRuleset().begin(null);
  const kinds = snapshots.flatMap((snapshot) => run.advance(snapshot)).flatMap(({ kind }) => kind ?? []);
  return [...new Set(kinds)];
}
