import { describe, expect, test } from 'vitest';
import { groupCapacityAdviceOf, watchCapacity } from '../../../lambdas/core/capacity/group-capacity.ts';
import type { GroupSnapshot } from '../../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import { EMPTY, minutesOf } from '../../builders/one-partition.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

describe('the capacity of a group, out of its history', () => {
  test('is not known from one look, nor of a group that was never seen', () => {
    expect(adviceOn(minutesOf(1, () => ({ end: 1_000, committed: 0 })))).toBeNull();
    expect(groupCapacityAdviceOf({ group: 'mail', history: minutesOf(9, keepingUp) })).toBeNull();
  });

  test('of one that keeps up is a bound only: nobody saw how much more it can', () => {
    expect(adviceOn(minutesOf(90, keepingUp))).toMatchObject({ membersNeeded: 1, sureness: 'low' });
  });

  test('of one that works off a backlog is its limit', () => {
    // 100 a minute are written, 160 handled: 2.7 a second at the limit, while a backlog of 6,000 lasts.
    const history = minutesOf(90, (minute) => ({ end: 6_000 + 100 * minute, committed: 160 * minute }));
    expect(adviceOn(history)).toMatchObject({ membersNeeded: 3, limitedByPartitions: true, sureness: 'high' });
  });

  test('counts the commits of a batch consumer over long spans, not at each leap', () => {
    const history = minutesOf(90, (minute) => ({ end: 100 * minute, committed: 500 * Math.floor(minute / 5) }));
    expect(adviceOn(history)).toMatchObject({ membersNeeded: 1, sureness: 'low' });
  });

  test('does not count what retention deleted as consumed', () => {
    const history = minutesOf(60, (minute) => ({
      end: 100_000,
      start: minute < 30 ? 0 : 90_000,
      committed: minute < 30 ? 10 * minute : 90_000 + 10 * (minute - 30),
    }));
    expect(adviceOn(history)?.presentDrainMs).toBe(Math.round((100_000 / (10 / 60)) * 1_000));
  });

  test('knows one who assigns partitions by hand as a worker', () => {
    const history = minutesOf(60, (minute) => ({ end: 60_000, committed: 60 * minute, group: EMPTY }));
    expect(adviceOn(history)).toMatchObject({ membersNeeded: 48, presentDrainMs: null });
  });

  test("shares a share group's work out over its members", () => {
    // Four members take 240 a minute of 8,000 that wait: one a second each.
    const advice = adviceOn(minutesOf(30, (minute) => ({ end: 8_000, committed: null, group: sharing(minute) })));
    expect(advice).toMatchObject({ pattern: 'shareMembers', membersNeeded: 7, membersIdle: 0 });
  });

  test('takes what the rules have learnt over days where that is more', () => {
    const learnt = { kind: 'known', value: 50, source: 'learnt', sureness: 'high' } as const;
    const unknown = { kind: 'unknown' } as const;
    const measures = {
      producedPerS: unknown,
      consumedPerS: unknown,
      drainEtaMs: unknown,
      lossEtaMs: unknown,
      lostMessages: 0,
      usualCadenceMs: unknown,
      skewRatio: unknown,
      rebalances: unknown,
      producedPeakPerS: learnt,
      memberBestPerS: learnt,
    };
    const advice = groupCapacityAdviceOf({ group: 'billing', history: minutesOf(90, keepingUp), measures });
    expect(advice?.sentence).toContain('for the peak of 50/s');
  });

  test('is the same when watched, and a late sample changes nothing', () => {
    const history = minutesOf(40, (minute) => ({ end: 6_000 + 100 * minute, committed: 160 * minute }));
    const watch = watchCapacity('billing');
    for (const snapshot of history) watch.observe(snapshot);
    watch.observe(aSnapshot({ atMs: T0_MS, groups: new Map([['billing', aGroup()]]) }));
    expect(watch.advice()).toEqual(adviceOn(history));
  });

  test('sees a member without a partition', () => {
    const members = [aMember({ assigned: new Map([['orders', [0]]]) }), aMember({ memberId: 'billing-1-uuid' })];
    const history = minutesOf(30, (minute) => ({ ...keepingUp(minute), group: { members } }));
    expect(adviceOn(history)).toMatchObject({ membersIdle: 1 });
  });

  test('does not mind partitions that could not be read', () => {
    const history = minutesOf(30, keepingUp).map((snapshot, minute) =>
      minute % 2 === 0 ? snapshot : { ...snapshot, topics: new Map([['orders', [null, aLog(7)]]]) },
    );
    expect(adviceOn(history)).not.toBeNull();
  });
});

const keepingUp = (minute: number) => ({ end: 100 * minute, committed: 100 * minute });

const sharing = (minute: number): Partial<GroupSnapshot> => ({
  type: 'share',
  members: ['a', 'b', 'c', 'd'].map((memberId) => aMember({ memberId })),
  committed: new Map(),
  share: new Map([['orders', [{ startOffset: 240 * minute, lagMessages: 8_000 - 240 * minute }]]]),
});

const adviceOn = (history: readonly ClusterSnapshot[]) => groupCapacityAdviceOf({ group: 'billing', history });
