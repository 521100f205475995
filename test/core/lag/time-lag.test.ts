import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeLagOf } from '../../../lambdas/core/lag/time-lag.ts';

const known = (timeLagMs: number) => ({ kind: 'known', timeLagMs });
const atLeast = (timeLagMs: number) => ({ kind: 'atLeast', timeLagMs });

describe('time lag', () => {
  test.each([
    { why: 'caught up', ends: [100, 200], committed: 200, expected: known(0) },
    { why: 'a commit read after the end', ends: [100, 200], committed: 203, expected: known(0) },
    { why: 'half of the last minute is unread', ends: [100, 299], committed: 199, expected: known(30_000) },
    {
      why: 'the first of many in an interval came just after its beginning',
      ends: [100, 10_099],
      committed: 100,
      expected: known(59_994),
    },
    {
      why: 'a lone message stands in the middle: when it came nobody knows',
      ends: [100, 101],
      committed: 100,
      expected: known(30_000),
    },
    {
      why: 'an idle stretch before it does not age it',
      ends: [100, 100, 100, 101],
      committed: 100,
      expected: known(30_000),
    },
    {
      why: 'nothing new since: it only gets older',
      ends: [100, 299, 299, 299],
      committed: 199,
      expected: known(150_000),
    },
    {
      why: 'a hole in the readings is passed over',
      ends: [100, Number.NaN, 299, 299],
      committed: 199,
      expected: known(120_000),
    },
    { why: 'older than the history', ends: [100, 200, 300], committed: 99, expected: atLeast(120_000) },
    { why: 'one sample only, and behind it', ends: [100], committed: 99, expected: atLeast(0) },
    {
      why: 'the topic was made anew, and its end fell',
      ends: [900, 950, 10, 29],
      committed: 19,
      expected: known(30_000),
    },
    { why: 'no commit', ends: [100], committed: null, expected: { kind: 'unknown' } },
    { why: 'no sample', ends: [], committed: 5, expected: { kind: 'unknown' } },
  ])('$why', ({ ends, committed, expected }) => {
    const history = { atMs: ends.map((_, index) => index * 60_000), logEndOffset: ends };
    expect(timeLagOf(history, committed)).toEqual(expected);
  });

  test('never grows when more is committed, and never exceeds the history', () => {
    const anyHistory = fc.array(
      fc.record({ stepMs: fc.integer({ min: 1, max: 90_000 }), written: fc.nat({ max: 50 }) }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(anyHistory, fc.nat({ max: 1_000 }), fc.nat({ max: 50 }), (steps, committed, more) => {
        const history = { atMs: runningSum(steps, 'stepMs'), logEndOffset: runningSum(steps, 'written') };
        const [less, later] = [timeLagOf(history, committed), timeLagOf(history, committed + more)];
        if (less.kind === 'unknown' || later.kind === 'unknown') throw new Error('there is a commit and a sample');
        expect(later.timeLagMs).toBeLessThanOrEqual(less.timeLagMs);
        expect(less.timeLagMs).toBeLessThanOrEqual((history.atMs.at(-1) ?? 0) - (history.atMs[0] ?? 0));
        expect(later.timeLagMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

function runningSum<K extends string>(steps: readonly Record<K, number>[], key: K): number[] {
  let sum = 0;
  return steps.map((step) => {
    sum += step[key];
    return sum;
  });
}
