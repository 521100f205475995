import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDelay,
  ageDelays,
  delayExceededBy,
  emptyHistogram,
} from '../../../lambdas/core/statistics/delay-histogram.ts';

const FLOOR_MS = 90_000;

function histogramOf(delaysMs: readonly number[]) {
  const histogram = emptyHistogram();
  for (const delayMs of delaysMs) addDelay(histogram, delayMs, FLOOR_MS);
  return histogram;
}

describe('delays', () => {
  test.each([
    { why: 'nothing was counted', delaysMs: [], share: 0.02, expected: 0 },
    { why: 'all up to the floor are one', delaysMs: [0, 5, 90_000], share: 0.02, expected: FLOOR_MS },
    {
      why: 'one of fifty is allowed to be longer',
      delaysMs: [...Array(49).fill(0), 600_000],
      share: 0.02,
      expected: FLOOR_MS,
    },
    { why: 'two of fifty are not', delaysMs: [...Array(48).fill(0), 600_000, 600_000], share: 0.02, expected: 605_475 },
    { why: 'the upper edge of its bin, a tenth above the one before', delaysMs: [95_000], share: 0, expected: 99_000 },
  ])('$why', ({ delaysMs, share, expected }) => {
    expect(delayExceededBy(histogramOf(delaysMs), share, FLOOR_MS)).toBeCloseTo(expected, -1);
  });

  test('what is said to be exceeded by a share of them is exceeded by no more, and right to a tenth', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000 }), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        (delaysMs, share) => {
          const saidMs = delayExceededBy(histogramOf(delaysMs), share, FLOOR_MS);
          const above = (ms: number) => delaysMs.filter((delayMs) => delayMs > ms).length;
          expect(above(saidMs * (1 + 1e-9))).toBeLessThanOrEqual(share * delaysMs.length);
          if (saidMs > FLOOR_MS * 1.001)
            expect(above((saidMs / 1.1) * (1 - 1e-9))).toBeGreaterThan(share * delaysMs.length);
        },
      ),
    );
  });

  test('old ones count half as much each period, and are forgotten in the end', () => {
    const histogram = histogramOf([...Array(10).fill(0), 600_000]);
    ageDelays(histogram);
    expect(histogram.total).toBe(5.5);
    for (let period = 0; period < 10; period++) ageDelays(histogram);
    expect(delayExceededBy(histogram, 0, FLOOR_MS)).toBeLessThanOrEqual(FLOOR_MS);
    expect(histogram.counts.length).toBeLessThanOrEqual(1);
  });
});
