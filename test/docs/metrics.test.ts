import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GROUP_METRICS, METRICS } from '../../lambdas/contract.ts';

test('every metric has its line in docs/metrics.md with its unit, and no other has', () => {
  const lines = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \|/gm)];
  const documented = lines.map(([, name, unit]) => ({ name, unit }));
  expect(documented).toEqual([...Object.values(METRICS), ...Object.values(GROUP_METRICS)]);
});

test('a cluster has five metrics at most, whatever its groups', () => {
  expect(Object.keys(METRICS).length).toBeLessThanOrEqual(5);
});
