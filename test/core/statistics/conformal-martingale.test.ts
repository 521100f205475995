import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomOf } from '../../../bench/histories/random.ts';
import { logWealths } from '../../../lambdas/core/statistics/conformal-martingale.ts';
import { rankPValue } from '../../../lambdas/core/statistics/rank-p-value.ts';

test('the wealth is the mean over four bets of the product of κ·p^(κ−1)', () => {
  // The same in NumPy: log(mean over κ of prod(κ·p**(κ-1))), for each prefix.
  const inNumPy = [1.2070215681676577, 0.6940607064738825, 0.0397072821325379, 1.4833015914461014, 1.5182236381621699];
  const ours = logWealths([0.02, 0.5, 0.9, 0.01, 0.2]);
  expect(ours).toHaveLength(5);
  for (const [index, value] of inNumPy.entries()) expect(ours[index]).toBeCloseTo(value, 12);
});

test('looking after every value costs nothing: of exchangeable runs no more than a share α ever reaches 1/α', () => {
  const random = randomOf(7);
  const alpha = 0.05;
  const runs = 2_000;
  let reached = 0;
  for (let run = 0; run < runs; run++) {
    const reference = Array.from({ length: 60 }, () => random.normal()).toSorted((a, b) => a - b);
    const wealths = logWealths(Array.from({ length: 30 }, () => rankPValue(random.normal(), reference)));
    if (Math.max(...wealths) >= -Math.log(alpha)) reached++;
  }
  expect(reached / runs).toBeLessThan(alpha);
  expect(reached).toBeGreaterThan(0);
});

test('smaller p-values never make less of it', () => {
  const p = fc.double({ min: 0.001, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { minLength: 1, maxLength: 20 }), (pValues) => {
      const halved = logWealths(pValues.map((value) => value / 2));
      for (const [index, wealth] of logWealths(pValues).entries()) expect(halved[index]).toBeGreaterThanOrEqual(wealth);
    }),
  );
});

test('never overflows, however long it goes on', () => {
  const wealths = logWealths(Array.from({ length: 5_000 }, () => 1e-6));
  expect(Number.isFinite(wealths.at(-1))).toBe(true);
});

test.each([
  { why: 'larger than all', value: 9, reference: [1, 2, 3], p: 1 / 4 },
  { why: 'smaller than all', value: 0, reference: [1, 2, 3], p: 1 },
  { why: 'equal ones count as at least as large', value: 2, reference: [1, 2, 2, 3], p: 4 / 5 },
  { why: 'nothing to compare with says nothing', value: 5, reference: [], p: 1 },
])('the rank p-value of a value $why is $p', ({ value, reference, p }) => {
  expect(rankPValue(value, reference)).toBe(p);
});
