import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CAPACITY_DEFAULTS, capacityAdviceOf } from '../../lambdas/core/capacity/capacity-advice.ts';

const text = readFileSync('docs/capacity.md', 'utf8');

test('the worked example of docs/capacity.md is what the code says', () => {
  const facts = {
    producedPeakPerS: 900,
    memberPerS: 200,
    limitSeen: true,
    members: 4,
    backlogMessages: 180_000,
    watchedMs: 86_400_000,
  };
  expect(text).toContain(`Capacity: ${capacityAdviceOf({ ...facts, partitions: 12 })?.sentence}\n`);
  const bounded = capacityAdviceOf({ ...facts, partitions: 3 })?.sentence ?? 'none';
  expect(text).toContain(bounded.slice(bounded.indexOf('; 1 of')));
});

test('the numbers of the formula are the defaults', () => {
  const { drainMs, loadShare, sureMs } = CAPACITY_DEFAULTS;
  expect(text).toContain(`| drain time | ${drainMs / 60_000} minutes`);
  expect(text).toContain(`| load share | ${loadShare}:`);
  expect(sureMs).toBe(3_600_000);
});
