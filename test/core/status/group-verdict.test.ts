import { describe, expect, test } from 'vitest';
import { groupVerdictOf } from '../../../lambdas/core/status/group-verdict.ts';
import type { PartitionVerdict, TimeLag } from '../../../lambdas/core/status/verdict.ts';
import { aPartitionVerdict } from '../../builders/verdict.ts';

const verdictOf = (...partitions: (PartitionVerdict | null)[]) => groupVerdictOf('g', new Map([['t', partitions]]));
const statuses = (...list: PartitionVerdict['status'][]) => list.map((status) => aPartitionVerdict({ status }));

describe('a group is as its partitions make it', () => {
  test.each([
    { why: 'all is well', partitions: statuses('OK', 'OK'), status: 'OK', kind: null },
    { why: 'one falls behind', partitions: statuses('OK', 'FALLING_BEHIND'), status: 'WARN', kind: 'FALLING_BEHIND' },
    { why: 'the worst counts', partitions: statuses('FALLING_BEHIND', 'STALLED'), status: 'ERR', kind: 'STALLED' },
    {
      why: 'loss is worse than a stop',
      partitions: statuses('STOPPED', 'DATA_LOSS'),
      status: 'ERR',
      kind: 'DATA_LOSS',
    },
    { why: 'a doubt makes it no OK', partitions: statuses('OK', 'UNKNOWN'), status: 'UNKNOWN', kind: null },
    { why: 'a doubt hides no problem', partitions: statuses('UNKNOWN', 'STALLED'), status: 'ERR', kind: 'STALLED' },
    { why: 'nothing to judge', partitions: [null], status: 'UNKNOWN', kind: null },
  ])('$why: $status', ({ partitions, status, kind }) => {
    expect(verdictOf(...partitions)).toMatchObject({ status, kind });
  });

  test('the reason is that of the bad partition with most messages waiting, and says which', () => {
    const reason = { rule: 'stalled', numbers: { lagMessages: 9 }, sentence: 'stands still' };
    const partitions = [
      aPartitionVerdict({ status: 'STALLED', lagMessages: 3, reason: { ...reason, sentence: 'few wait' } }),
      aPartitionVerdict({ status: 'STALLED', lagMessages: 9, reason }),
      aPartitionVerdict({ lagMessages: 99 }),
    ];
    expect(verdictOf(...partitions).reason).toEqual({ ...reason, sentence: 't-1: stands still' });
  });

  test('without partitions the reason is the one that is given', () => {
    const unjudged = { rule: 'deleted', numbers: {}, sentence: 'the group was deleted' };
    expect(groupVerdictOf('g', new Map(), unjudged)).toMatchObject({ status: 'UNKNOWN', reason: unjudged });
  });

  test.each([
    { lags: [3, null, 4], sum: 7 },
    { lags: [0], sum: 0 },
    { lags: [null, null], sum: null },
  ])('the lag of $lags is $sum', ({ lags, sum }) => {
    expect(verdictOf(...lags.map((lagMessages) => aPartitionVerdict({ lagMessages }))).lagMessages).toBe(sum);
  });

  const unknown: TimeLag = { kind: 'unknown' };
  const known = (timeLagMs: number): TimeLag => ({ kind: 'known', timeLagMs });
  const atLeast = (timeLagMs: number): TimeLag => ({ kind: 'atLeast', timeLagMs });
  test.each([
    { why: 'the longest', lags: [known(1), known(5), known(2)], worst: known(5) },
    { why: 'at least as long may be longer', lags: [atLeast(5), known(5), atLeast(5)], worst: atLeast(5) },
    { why: 'nothing is known', lags: [unknown], worst: unknown },
  ])('time lag: $why', ({ lags, worst }) => {
    expect(verdictOf(...lags.map((timeLag) => aPartitionVerdict({ timeLag }))).timeLag).toEqual(worst);
  });

  test.each([
    { why: 'what waits nobody knows how long makes it a bound', other: known(5), lagMessages: 3, worst: atLeast(5) },
    { why: 'a bound of nothing is none', other: known(0), lagMessages: 3, worst: unknown },
    { why: 'where nothing waits nothing ages', other: known(5), lagMessages: 0, worst: known(5) },
    { why: 'nor where the group has no position', other: known(5), lagMessages: null, worst: known(5) },
  ])('time lag: $why', ({ other, lagMessages, worst }) => {
    const partitions = [aPartitionVerdict({ timeLag: unknown, lagMessages }), aPartitionVerdict({ timeLag: other })];
    expect(verdictOf(...partitions).timeLag).toEqual(worst);
  });
});
