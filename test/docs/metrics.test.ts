import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAMILIES } from '../../lambdas/api/prometheus/families.ts';
import { GROUP_METRICS, METRICS } from '../../lambdas/contract.ts';

test('every metric has its line in docs/metrics.md with its unit, and no other has', () => {
  const lines = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \|/gm)];
  const documented = lines.map(([, name, unit]) => ({ name, unit }));
  expect(documented).toEqual([...Object.values(METRICS), ...Object.values(GROUP_METRICS)]);
});

test('a cluster has five metrics at most, whatever its groups', () => {
  expect(Object.keys(METRICS).length).toBeLessThanOrEqual(5);
});

test('every metric of Prometheus has its line in docs/metrics.md with its labels, and no other has', () => {
  const lines = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|/gm)];
  const documented = lines.map(([, name, labels = '']) => ({ name, labels: labels.replaceAll('`', '').split(', ') }));
  expect(documented).toEqual(FAMILIES.map(({ name, labels }) => ({ name, labels })));
});

test.each([
  'docs/grafana/consumer-groups.json',
  'docs/prometheus/alerts.yml',
])('%s asks for metrics that there are, by labels that they have', (file) => {
  const text = readFileSync(file, 'utf8').replaceAll('\\"', '"');
  const asked = [...text.matchAll(/\b((?:kafka|burrow|sluicegate)_\w+)(?:\{([^}]*)\})?/g)];
  expect(asked.length).toBeGreaterThan(5);
  for (const [, name = '', matchers = ''] of asked) {
    const family = FAMILIES.find((one) => one.name === name);
    expect(family, name).toBeDefined();
    for (const [, label = ''] of matchers.matchAll(/(\w+)(?:=~|!~|!=|=)/g)) {
      expect(family?.labels, `${name} has no label ${label}`).toContain(label);
    }
  }
});

test('whoever comes from another exporter is sent to metrics that there are', () => {
  const rows = readFileSync('docs/coming-from.md', 'utf8').matchAll(/^\| .* \| (.*) \|$/gm);
  const named = [...rows].flatMap(([, here = '']) => here.match(/(?<=`)(?:kafka|burrow|sluicegate)_\w+(?=`)/g) ?? []);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !FAMILIES.some((family) => family.name === name))).toEqual([]);
});
