import { describe, expect, test } from 'vitest';
import type { BurrowCommit } from '../../../lambdas/api/burrow/commits.ts';
import { burrowGroup } from '../../../lambdas/api/burrow/consumer.ts';
import { partitionStatusOf } from '../../../lambdas/api/burrow/status.ts';
import type { PartitionStatus, ProblemKind } from '../../../lambdas/core/status/verdict.ts';
import { aSnapshot, T0_MS } from '../../builders/snapshots.ts';
import { aGroupVerdict, aPartitionVerdict, aTroubledGroup } from '../../builders/verdict.ts';

const MINUTE_MS = 60_000;
const NOW_MS = T0_MS + 30 * MINUTE_MS;
const commit = (minutesAgo: number, offset: number, lag: number | null): BurrowCommit => {
  const atMs = NOW_MS - minutesAgo * MINUTE_MS;
  return { offset, timestamp: atMs, observedAt: atMs, lag };
};

describe('a partition status', () => {
  test.each([
    { ours: 'OK', burrows: 'OK' },
    { ours: 'STOPPED', burrows: 'STOP' },
    { ours: 'STALLED', burrows: 'STALL' },
    { ours: 'FALLING_BEHIND', burrows: 'WARN' },
    { ours: 'REWIND', burrows: 'REWIND' },
    { ours: 'SKIP', burrows: 'REWIND' },
    { ours: 'DATA_LOSS', burrows: 'STOP' },
  ] as const)('$ours is $burrows to Burrow', ({ ours, burrows }) => {
    const judged = { commits: [], nowMs: NOW_MS, windowFromMs: T0_MS, timesFaster: 1 };
    expect(partitionStatusOf(aPartitionVerdict({ status: ours as PartitionStatus }), judged)).toBe(burrows);
  });

  test.each([
    { why: 'read well 4 minutes ago', commits: [commit(5, 90, 3), commit(4, 100, 0)], status: 'OK' },
    { why: 'not read for 6 minutes', commits: [commit(7, 90, 3), commit(6, 100, 0)], status: 'WARN' },
    { why: 'new since 2 minutes', commits: [commit(2, 90, 8), commit(1, 90, 9)], status: 'OK' },
    { why: 'moved 4 minutes ago', commits: [commit(9, 90, 8), commit(4, 95, 9), commit(1, 95, 20)], status: 'OK' },
    { why: 'has not moved for 9 minutes', commits: [commit(9, 90, 8), commit(4, 90, 9)], status: 'WARN' },
    { why: 'never seen in half an hour', commits: [], status: 'WARN' },
  ])('UNKNOWN is never green for long: $why', ({ commits, status }) => {
    const judged = { commits, nowMs: NOW_MS, windowFromMs: T0_MS, timesFaster: 1 };
    expect(partitionStatusOf(aPartitionVerdict({ status: 'UNKNOWN' }), judged)).toBe(status);
  });

  test('five minutes are shorter where all goes faster', () => {
    const judged = { commits: [commit(1, 90, 0)], nowMs: NOW_MS, windowFromMs: T0_MS, timesFaster: 12 };
    expect(partitionStatusOf(aPartitionVerdict({ status: 'UNKNOWN' }), judged)).toBe('WARN');
  });
});

describe('a group', () => {
  const view = {
    cluster: 'prod',
    slotMs: NOW_MS,
    atMs: NOW_MS,
    verdicts: new Map(),
    entries: new Map(),
    newest: aSnapshot(),
    window: [],
  };
  const clock = { nowMs: NOW_MS, timesFaster: 1 };

  test.each([
    { kind: 'STOPPED', status: 'ERR' },
    { kind: 'FALLING_BEHIND', status: 'WARN' },
    { kind: 'REBALANCE_STORM', status: 'ERR' },
  ])('with $kind is $status', ({ kind, status }) => {
    expect(burrowGroup(view, aTroubledGroup(kind as ProblemKind), clock).status).toBe(status);
  });

  test('of which a partition is not known is not complete', () => {
    const partitions = new Map([['orders', [aPartitionVerdict({ status: 'UNKNOWN', lagMessages: null })]]]);
    const group = burrowGroup(view, aGroupVerdict({ status: 'UNKNOWN', partitions }), clock);
    expect(group).toMatchObject({ complete: 0, partitions: [{ complete: 0, current_lag: 0, start: null, end: null }] });
  });

  test('of which nothing could ever be read is WARN', () => {
    const blind = aGroupVerdict({ status: 'UNKNOWN', partitions: new Map() });
    const old = { ...view, window: [{ slotMs: T0_MS, atMs: T0_MS, topics: new Map(), groups: new Map() }] };
    expect(burrowGroup(old, blind, clock)).toMatchObject({
      status: 'WARN',
      complete: 0,
      partition_count: 0,
      maxlag: null,
    });
  });
});
