import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kendallTau } from '../../../lambdas/core/statistics/kendall-tau.ts';

const anySeries = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { maxLength: 12 });

describe("Kendall's tau of a series with its order", () => {
  test.each([
    { why: 'always larger', series: [1, 2, 3, 4], tau: 1 },
    { why: 'always smaller', series: [4, 3, 2, 1], tau: -1 },
    { why: 'one of ten pairs is out of order: 9 for, 1 against', series: [1, 2, 3, 5, 4], tau: 0.8 },
    { why: 'a huge value weighs no more than any other', series: [1, 2, 3, 5_000_000, 4], tau: 0.8 },
    { why: 'ties count for neither side', series: [1, 1, 2], tau: 2 / 3 },
    { why: 'all the same is no trend', series: [7, 7, 7], tau: 0 },
    { why: 'one value has no trend', series: [7], tau: 0 },
    { why: 'nothing has no trend', series: [], tau: 0 },
  ])('$why', ({ series, tau }) => {
    expect(kendallTau(series)).toBeCloseTo(tau, 12);
  });

  test('turns its sign with the series, and lies between -1 and 1', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        const tau = kendallTau(series);
        expect(kendallTau(series.toReversed())).toBeCloseTo(-tau, 12);
        expect(Math.abs(tau)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('depends on ranks only', () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        expect(kendallTau(series.map((value) => value ** 3))).toBe(kendallTau(series));
      }),
    );
  });
});
