import { describe, expect, test } from 'vitest';
import { drainEtaText, timeLagText } from '../../../lambdas/api/page/words/durations.ts';
import { fieldOf } from '../../../lambdas/api/page/words/fields.ts';
import { rateText, shareText, shortCountText } from '../../../lambdas/api/page/words/numbers.ts';
import { partitionRangesText } from '../../../lambdas/api/page/words/partition-ranges.ts';
import { dayTimeText, tickText, zoneText } from '../../../lambdas/api/page/words/times.ts';

test.each([
  { why: 'not known is no zero', count: null, text: '–' },
  { why: 'nothing', count: 0, text: '0' },
  { why: 'small counts are whole', count: 99_999, text: '99,999' },
  { why: 'large ones have three digits', count: 100_000, text: '100 k' },
  { why: 'rounding moves to the next unit', count: 999_960, text: '1.00 M' },
  { why: 'millions', count: 1_284_210, text: '1.28 M' },
  { why: 'offsets can go far', count: 12_500_000_000, text: '12.5 G' },
  { why: 'a sum of offsets can be below its base', count: -1_200, text: '−1,200' },
])('a count: $why', ({ count, text }) => {
  expect(shortCountText(count)).toBe(text);
});

test.each([
  { perS: null, text: '–' },
  { perS: 0, text: '0/s' },
  { perS: 0.004, text: '< 0.01/s' },
  { perS: 0.25, text: '0.25/s' },
  { perS: 12.54, text: '12.5/s' },
  { perS: 1_780.4, text: '1,780/s' },
])('a rate of $perS reads $text', ({ perS, text }) => {
  expect(rateText(perS)).toBe(text);
});

test.each([
  { ratio: null, text: '–' },
  { ratio: 0, text: '0 %' },
  { ratio: 0.004, text: '< 1 %' },
  { ratio: 0.944, text: '94 %' },
])('a share of $ratio reads $text', ({ ratio, text }) => {
  expect(shareText(ratio)).toBe(text);
});

describe('durations', () => {
  test('a time lag that is only a bound says so', () => {
    expect(timeLagText({ kind: 'atLeast', timeLagMs: 7_200_000 })).toBe('≥ 2 h');
    expect(timeLagText({ kind: 'known', timeLagMs: 40_000 })).toBe('40 s');
    expect(timeLagText({ kind: 'unknown' })).toBe('–');
  });

  test('a backlog that does not shrink is never drained', () => {
    expect([drainEtaText('never'), drainEtaText(0), drainEtaText(null), drainEtaText(90_000)]).toEqual([
      'never',
      'none',
      '–',
      '90 s',
    ]);
  });
});

test.each([
  { name: 'noProgressMs', value: 190_000, label: 'no progress', text: '3 min' },
  { name: 'pendingMessages', value: 1_204, label: 'pending messages', text: '1,204' },
  { name: 'consumedPerS', value: 4.1, label: 'consumed', text: '4.1/s' },
  { name: 'loadSeenRatio', value: 0.94, label: 'load seen', text: '94 %' },
  { name: 'samples', value: 12, label: 'samples', text: '12' },
  { name: 'tau', value: 0.7512, label: 'tau', text: '0.751' },
])('a number that decided has its unit from its name: $name', ({ name, value, label, text }) => {
  expect(fieldOf(name, value)).toEqual({ label, value: text });
});

test.each([
  { partitions: [], text: '' },
  { partitions: [3], text: '3' },
  { partitions: [0, 1, 2, 3, 7], text: '0–3, 7' },
  { partitions: [0, 2, 4], text: '0, 2, 4' },
])('partitions $partitions read "$text"', ({ partitions, text }) => {
  expect(partitionRangesText(partitions)).toBe(text);
});

describe('times', () => {
  const zone = { timeZone: 'Europe/Berlin' };
  const nowMs = Date.UTC(2026, 10, 24, 13, 0, 0);

  test('stand in the zone of the reader, with the day when it is another one', () => {
    expect(dayTimeText(nowMs, nowMs, zone)).toBe('14:00:00');
    expect(dayTimeText(nowMs - 15 * 3_600_000, nowMs, zone)).toBe('23 Nov, 23:00:00');
  });

  test('the zone is named with what it is off by', () => {
    expect(zoneText(zone, nowMs)).toBe('Europe/Berlin, UTC+1');
    expect(zoneText({ timeZone: 'UTC' }, nowMs)).toBe('UTC');
  });

  test('an axis shows no finer than its marks', () => {
    expect([tickText(nowMs, 5, zone), tickText(nowMs, 300, zone), tickText(nowMs, 86_400, zone)]).toEqual([
      '14:00:00',
      '14:00',
      '24 Nov',
    ]);
  });
});
