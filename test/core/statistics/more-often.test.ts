import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomOf } from '../../../bench/histories/random.ts';
import { logWealthMoreOften } from '../../../lambdas/core/statistics/more-often.ts';

const times = (count: number): true[] => Array.from({ length: count }, () => true);

test.each([
  {
    why: 'every time, where it was every fifth',
    before: { happened: 14, of: 70 },
    trials: times(7),
    inPython: 7.237169608812755,
  },
  {
    why: 'three of four, where it never did',
    before: { happened: 0, of: 60 },
    trials: [true, false, true, true],
    inPython: 4.91093014688445,
  },
  {
    why: 'no more often than before',
    before: { happened: 14, of: 70 },
    trials: [false, false, true, false, false],
    inPython: -1.636112096302803,
  },
])('$why: the mean likelihood ratio over the higher rates', ({ before, trials, inPython }) => {
  // The same formulas in Python: Wilson's upper end as the old rate p, 1 − (1 − p)^m as the new ones.
  expect(logWealthMoreOften(before, trials)).toBeCloseTo(inPython, 10);
});

test('looking after every trial costs nothing: what goes on as before seldom reaches 1/α', () => {
  const random = randomOf(11);
  const runs = 2_000;
  let reached = 0;
  for (let run = 0; run < runs; run++) {
    const rate = random.between(0, 0.5);
    const before = { happened: 0, of: 60 };
    for (let trial = 0; trial < before.of; trial++) if (random.chance(rate)) before.happened++;
    const trials = Array.from({ length: 30 }, () => random.chance(rate));
    if (trials.some((_, index) => logWealthMoreOften(before, trials.slice(0, index + 1)) >= Math.log(100))) reached++;
  }
  expect(reached / runs).toBeLessThan(0.01);
});

test('one more time is never less evidence than one time less', () => {
  const before = fc
    .integer({ min: 20, max: 240 })
    .chain((of) => fc.record({ happened: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));
  fc.assert(
    fc.property(before, fc.array(fc.boolean(), { maxLength: 40 }), (past, trials) => {
      const [yes, no] = [true, false].map((last) => logWealthMoreOften(past, [...trials, last]));
      expect(yes).toBeGreaterThanOrEqual(no ?? Number.NaN);
    }),
  );
});
