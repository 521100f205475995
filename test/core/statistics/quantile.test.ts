import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile } from '../../../lambdas/core/statistics/quantile.ts';
import { robustSpread } from '../../../lambdas/core/statistics/robust-spread.ts';

const VALUES = [3.2, 1.5, 7.7, 4.4, 0.3, 9.1, 2.8];

// From numpy.quantile(VALUES, q) of NumPy 2, which does as R's quantile(type = 7).
test.each([
  { q: 0, value: 0.3 },
  { q: 0.1, value: 1.02 },
  { q: 0.25, value: 2.15 },
  { q: 0.5, value: 3.2 },
  { q: 0.8, value: 7.04 },
  { q: 0.98, value: 8.932 },
  { q: 1, value: 9.1 },
])('the $q quantile is what NumPy gives', ({ q, value }) => {
  expect(quantile(VALUES, q)).toBeCloseTo(value, 12);
});

// From scipy.stats.median_abs_deviation(VALUES, scale=1/1.4826) of SciPy 1.17, R's mad().
test('the robust spread is what SciPy gives', () => {
  expect(robustSpread(VALUES)).toBeCloseTo(2.52042, 12);
});

test('of nothing there is no quantile, median or spread', () => {
  expect([quantile([], 0.5), median([]), robustSpread([])]).toEqual([null, null, null]);
});

const values = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });

test('a quantile lies between the extremes, does not depend on order, and grows with its share', () => {
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (sample, q) => {
      const value = quantile(sample, q) ?? Number.NaN;
      expect(value).toBeGreaterThanOrEqual(Math.min(...sample));
      expect(value).toBeLessThanOrEqual(Math.max(...sample));
      expect(quantile(sample.toReversed(), q)).toBe(value);
      expect(quantile(sample, q / 2)).toBeLessThanOrEqual(value);
    }),
  );
});

test('one wild value hardly moves the robust spread', () => {
  const even = Array.from({ length: 21 }, (_, index) => index);
  const calm = robustSpread(even) ?? 0;
  expect(robustSpread([...even, 1e9]) ?? Number.NaN).toBeLessThan(1.2 * calm);
});
