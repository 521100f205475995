import { describe, expect, test } from 'vitest';
import type { GroupSnapshot } from '../../../lambdas/core/cluster/group.ts';
import type { PartitionLog } from '../../../lambdas/core/cluster/snapshot.ts';
import { verdictsAtOneLook } from '../../../lambdas/core/status/one-look.ts';
import type { GroupVerdict } from '../../../lambdas/core/status/verdict.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

const owner = aMember({ assigned: new Map([['orders', [0]]]) });
const at = (offset: number | null) => new Map([['orders', [offset]]]);
const lagging: Partial<GroupSnapshot> = { members: [owner], committed: at(60) };

describe('one look at a partition with its log at 100', () => {
  test.each<{
    why: string;
    group: Partial<GroupSnapshot>;
    log?: PartitionLog | null;
    status: string;
    lag: number | null;
  }>([
    { why: 'nothing waits', group: { members: [owner], committed: at(100) }, status: 'OK', lag: 0 },
    { why: 'a commit read after the end', group: { members: [owner], committed: at(103) }, status: 'OK', lag: 0 },
    {
      why: 'nothing waits, though nobody is there',
      group: { state: 'Empty', committed: at(100) },
      status: 'OK',
      lag: 0,
    },
    { why: 'somebody is at it', group: lagging, status: 'UNKNOWN', lag: 40 },
    { why: 'the group has no members', group: { ...lagging, state: 'Empty', members: [] }, status: 'STOPPED', lag: 40 },
    {
      why: 'a transaction leaves a lag of 1 for ever, which was STOPPED once',
      group: { ...lagging, committed: at(99), state: 'Empty', members: [] },
      status: 'UNKNOWN',
      lag: 1,
    },
    {
      why: 'three are more than markers',
      group: { ...lagging, committed: at(97), state: 'Empty', members: [] },
      status: 'STOPPED',
      lag: 3,
    },
    {
      why: 'a share group is told its lag without markers',
      group: { ...sharing(1), state: 'Empty', members: [] },
      status: 'STOPPED',
      lag: 1,
    },
    { why: 'the group was deleted', group: { ...lagging, state: 'Dead', members: [] }, status: 'STOPPED', lag: 40 },
    { why: 'nobody owns it', group: { ...lagging, members: [aMember()] }, status: 'STOPPED', lag: 40 },
    {
      why: 'a rebalance may give it an owner',
      group: { ...lagging, state: 'PreparingRebalance', members: [aMember()] },
      status: 'UNKNOWN',
      lag: 40,
    },
    { why: 'the members could not be read', group: { ...lagging, members: null }, status: 'UNKNOWN', lag: 40 },
    {
      why: 'retention overtook it',
      group: lagging,
      log: aLog(100, { logStartOffset: 70 }),
      status: 'DATA_LOSS',
      lag: 30,
    },
    { why: 'the log could not be read', group: lagging, log: null, status: 'UNKNOWN', lag: null },
    { why: 'a member that has not committed yet', group: { members: [owner] }, status: 'UNKNOWN', lag: null },
    { why: 'a share group that works', group: sharing(5), status: 'UNKNOWN', lag: 5 },
    { why: 'a share group with nothing to do', group: sharing(0), status: 'OK', lag: 0 },
    {
      why: 'a share group that nobody works for',
      group: { ...sharing(5), state: 'Empty', members: [] },
      status: 'STOPPED',
      lag: 5,
    },
    { why: 'a broker that does not tell the lag of share groups', group: sharing(null), status: 'UNKNOWN', lag: null },
  ])('$why: $status', ({ group, log = aLog(100), status, lag }) => {
    const { partitions, lagMessages } = look(group, log);
    expect(partitions.get('orders')?.[0]).toMatchObject({ status, lagMessages: lag });
    expect(lagMessages).toBe(lag);
  });

  test('says why', () => {
    const { reason } = look({ ...lagging, state: 'Empty', members: [] }, aLog(100));
    expect(reason).toEqual({
      rule: 'nobodyThere',
      numbers: { lagMessages: 40 },
      sentence: 'orders-0: 40 messages wait and the group has no members',
    });
  });

  test.each([
    { why: 'nothing waits', committed: 100, newestRecordAtMs: T0_MS, timeLag: { kind: 'known', timeLagMs: 0 } },
    {
      why: 'the oldest is no younger than the newest',
      committed: 60,
      newestRecordAtMs: T0_MS - 9_000,
      timeLag: { kind: 'atLeast', timeLagMs: 9_000 },
    },
    {
      why: 'a clock that is ahead',
      committed: 60,
      newestRecordAtMs: T0_MS + 5,
      timeLag: { kind: 'atLeast', timeLagMs: 0 },
    },
    { why: 'nobody asked for the time', committed: 60, newestRecordAtMs: undefined, timeLag: { kind: 'unknown' } },
  ])('time lag: $why', ({ committed, newestRecordAtMs, timeLag }) => {
    const log = newestRecordAtMs === undefined ? aLog(100) : aLog(100, { newestRecordAtMs });
    expect(look({ members: [owner], committed: at(committed) }, log).timeLag).toEqual(timeLag);
  });
});

test('a group without commits and assignments is UNKNOWN, and says so', () => {
  expect(look({}, aLog(100))).toMatchObject({ status: 'UNKNOWN', reason: { rule: 'noCommits' }, lagMessages: null });
});

test('partitions of a topic that the group has nothing to do with have no verdict', () => {
  const assigned = aMember({ assigned: new Map([['orders', [2]]]) });
  const [verdict] = verdictsAtOneLook(
    aSnapshot({ groups: new Map([['g', aGroup({ members: [assigned], committed: at(7) })]]) }),
  );
  expect(verdict?.partitions.get('orders')?.map((partition) => partition?.committedOffset)).toEqual([
    7,
    undefined,
    null,
  ]);
});

function look(group: Partial<GroupSnapshot>, log: PartitionLog | null): GroupVerdict {
  const snapshot = aSnapshot({ topics: new Map([['orders', [log]]]), groups: new Map([['billing', aGroup(group)]]) });
  const [verdict] = verdictsAtOneLook(snapshot);
  if (verdict === undefined) throw new Error('no verdict');
  return verdict;
}

function sharing(lagMessages: number | null): Partial<GroupSnapshot> {
  return { type: 'share', members: [owner], share: new Map([['orders', [{ startOffset: 60, lagMessages }]]]) };
}
