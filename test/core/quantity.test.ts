import { expect, test } from 'vitest';
import { countText, durationText } from '../../lambdas/core/quantity.ts';

test.each([
  { ms: 0, text: '0 s', why: 'nothing' },
  { ms: 400, text: '< 1 s', why: 'not nothing' },
  { ms: 119_999, text: '119 s', why: 'seconds tell more than minutes at first' },
  { ms: 120_000, text: '2 min', why: 'then minutes' },
  { ms: 7_199_000, text: '119 min', why: 'never rounded up' },
  { ms: 7_800_000, text: '2 h 10 min', why: 'two units' },
  { ms: 259_200_000, text: '3 d', why: 'no zero unit' },
])('$ms ms is "$text": $why', ({ ms, text }) => {
  expect(durationText(ms)).toBe(text);
});

test.each([
  { count: 7, text: '7' },
  { count: 1_204, text: '1,204' },
  { count: 12_345_678, text: '12,345,678' },
])('$count is written $text', ({ count, text }) => {
  expect(countText(count)).toBe(text);
});
