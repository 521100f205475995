import { describe, expect, test } from 'vitest';
import { valueRangeOf } from '../../../lambdas/api/page/chart/chart-parts.ts';
import { offsetLinesOf, offsetsSummaryOf } from '../../../lambdas/api/page/group/offsets-series.ts';
import { heatOf, worstFirst } from '../../../lambdas/api/page/group/partition-heat.ts';
import { boundsOf, rangeQueryOf, timeRangeOf } from '../../../lambdas/api/page/group/time-ranges.ts';
import { axisTicksOf, incidentBarsOf, timelineSpanOf } from '../../../lambdas/api/page/incidents/incident-bars.ts';
import { headlineOf } from '../../../lambdas/api/page/overview/headline.ts';
import { sparklinePath } from '../../../lambdas/api/page/overview/sparkline-path.ts';
import { perPartition } from '../../../lambdas/api/page/releases/release-curves.ts';
import { aPartitionEntry } from '../../builders/page/page-group.ts';
import { anIncidentEntry } from '../../builders/page/page-incidents.ts';

describe("a group's offsets", () => {
  const history = {
    nowMs: 0,
    cluster: 'prod',
    group: 'orders',
    fromMs: 0,
    toMs: 3,
    atMs: [1, 2, 3],
    lagMessages: [],
    members: [],
    partitions: [
      { topic: 't', partition: 0, logEndOffset: [1_000, 1_010, 1_020], committedOffset: [1_000, 1_000, 1_020] },
      { topic: 't', partition: 1, logEndOffset: [500, null, 520], committedOffset: [490, null, 500] },
      { topic: 't', partition: 2, logEndOffset: [7, 8, 9], committedOffset: [null, null, null] },
    ],
  };

  test('are summed from where the group stood first, without partitions that it never committed in', () => {
    const lines = offsetLinesOf(history, null);
    expect(lines).toMatchObject({
      baseOffset: 1_490,
      logEnd: [10, null, 50],
      committed: [0, null, 30],
      lag: [10, null, 20],
    });
    expect(offsetsSummaryOf(lines)).toEqual({ producedMessages: 40, consumedMessages: 30, lagMessages: 20 });
  });

  test("of one partition are Kafka's own", () => {
    const lines = offsetLinesOf(history, { topic: 't', partition: 0 });
    expect(lines).toMatchObject({ baseOffset: 0, logEnd: [1_000, 1_010, 1_020], lag: [0, 10, 0] });
  });

  test('of a partition that nobody committed in have no gap, and no summary', () => {
    expect(offsetsSummaryOf(offsetLinesOf(history, { topic: 't', partition: 2 }))).toBeNull();
  });
});

test('a commit read after the log end is no negative gap', () => {
  const atMs = [1];
  const partitions = [{ topic: 't', partition: 0, logEndOffset: [5], committedOffset: [7] }];
  const lines = offsetLinesOf(
    { nowMs: 0, cluster: 'c', group: 'g', fromMs: 0, toMs: 1, atMs, lagMessages: [], members: [], partitions },
    null,
  );
  expect(lines.lag).toEqual([0]);
});

describe('a sparkline', () => {
  test('rises to its highest value and breaks where nothing is known', () => {
    const { line } = sparklinePath([0, 10, null, 5, 5], [0, 1, 2, 3, 4]);
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line).toContain('M0 22.5L25 1.5');
  });

  test('of nothing known is nothing', () => {
    expect(sparklinePath([null, null], [0, 1])).toEqual({ line: '', area: '' });
  });

  test('of zeros lies on the ground', () => {
    expect(sparklinePath([0, 0], [0, 1]).line).toBe('M0 22.5L100 22.5');
  });
});

describe('heat', () => {
  test.each([
    { lag: null, largest: 9, heat: null },
    { lag: 0, largest: 0, heat: 0 },
    { lag: 1, largest: 1_000_000, heat: 1 },
    { lag: 250_000, largest: 1_000_000, heat: 3 },
    { lag: 1_000_000, largest: 1_000_000, heat: 5 },
  ])('of $lag beside $largest is $heat', ({ lag, largest, heat }) => {
    expect(heatOf(lag, largest)).toBe(heat);
  });

  test('the worst partition stands first, whatever its number', () => {
    const order = worstFirst([
      aPartitionEntry({ partition: 0, lagMessages: 5 }),
      aPartitionEntry({ partition: 1, lagMessages: 9 }),
      aPartitionEntry({ partition: 2, status: 'STALLED', lagMessages: 1 }),
    ]).map(({ partition }) => partition);
    expect(order).toEqual([2, 1, 0]);
  });
});

describe('the time range', () => {
  test('of an address is what was chosen or drawn; what makes no sense is the usual one', () => {
    expect(timeRangeOf({ range: '6h' })).toEqual({ kind: 'last', name: '6h' });
    expect(timeRangeOf({ from: '1000', to: '2000' })).toEqual({ kind: 'fixed', fromMs: 1_000, toMs: 2_000 });
    expect(timeRangeOf({ from: '2000', to: '1000' })).toEqual({ kind: 'last', name: '15m' });
    expect(timeRangeOf({ range: 'constructor' })).toEqual({ kind: 'last', name: '15m' });
  });

  test('stands in the address as one or the other', () => {
    expect(rangeQueryOf({ kind: 'fixed', fromMs: 1.4, toMs: 2.6 })).toEqual({ range: '', from: '1', to: '3' });
    expect(boundsOf({ kind: 'last', name: '1h' }, 3_600_000)).toEqual({ fromMs: 0, toMs: 3_600_000 });
  });
});

describe('the timeline', () => {
  const nowMs = 10_000_000;
  const open = anIncidentEntry({ id: 'open', openedAtMs: 9_000_000 });
  const short = anIncidentEntry({ id: 'short', openedAtMs: 5_000_000, endedAtMs: 5_000_001, ended: 'recovered' });

  test('reaches from before the oldest incident to now', () => {
    const span = timelineSpanOf([open, short], nowMs);
    expect(span.fromMs).toBeLessThan(5_000_000);
    expect(span.toMs).toBe(nowMs);
  });

  test('shows an open incident up to its end, and a short one wide enough to be seen', () => {
    const [first, second] = incidentBarsOf([open, short], { fromMs: 0, toMs: nowMs });
    expect((first?.start ?? 0) + (first?.width ?? 0)).toBeCloseTo(1);
    expect(second?.width).toBeGreaterThan(0.005);
  });

  test('has round marks, and never too many', () => {
    const { ticks, everyMs } = axisTicksOf({ fromMs: 1_234, toMs: 3_600_000 }, 7);
    expect(everyMs).toBe(600_000);
    expect(ticks.map(({ atMs }) => atMs % 600_000)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

test.each([
  { counts: { ERR: 2, WARN: 1, UNKNOWN: 0, OK: 3 }, text: '3 of 6 groups are in trouble' },
  { counts: { ERR: 1, WARN: 0, UNKNOWN: 0, OK: 0 }, text: '1 of 1 group is in trouble' },
  { counts: { ERR: 0, WARN: 0, UNKNOWN: 0, OK: 6 }, text: 'All 6 groups are fine' },
  { counts: { ERR: 0, WARN: 0, UNKNOWN: 2, OK: 4 }, text: 'No trouble seen; 2 groups of 6 not known' },
  { counts: { ERR: 0, WARN: 0, UNKNOWN: 6, OK: 0 }, text: 'Not enough is known yet about 6 groups' },
  { counts: { ERR: 0, WARN: 0, UNKNOWN: 0, OK: 0 }, text: 'No consumer group yet' },
])('a cluster in one sentence: $text', ({ counts, text }) => {
  expect(headlineOf(counts)).toBe(text);
});

test('a canary that owns a part is compared by what it does a partition', () => {
  const curve = { partitions: [0, 2, 4], consumedPerS: [null, 8, 20], lagMessages: [], timeLagMs: [] };
  expect(perPartition(curve)).toEqual([null, 4, 5]);
});

test('a value axis is never without height', () => {
  expect(valueRangeOf(null, null, true)).toEqual([0, 1.1]);
  expect(valueRangeOf(5, 5, false)[1]).toBeGreaterThan(5);
  expect(valueRangeOf(100, 200, true)[0]).toBe(0);
});
