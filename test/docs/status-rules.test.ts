import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PARTITION_RULES } from '../../lambdas/core/status/default/rules/partition-rules.ts';
import { UNSURE } from '../../lambdas/core/status/default/rules/tolerance.ts';
import { PARTITION_STATUSES } from '../../lambdas/core/status/verdict.ts';

const text = readFileSync('docs/status-rules.md', 'utf8');

test('every rule, and every lack of evidence, has a section in docs/status-rules.md, and no other has', () => {
  const sections = [...text.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  const rules = PARTITION_RULES.map(({ name }) => name);
  const expected = [...rules, ...UNSURE, 'rebalanceStorm', 'notRead', 'tooFewSamples'];
  expect(sections.toSorted()).toEqual(expected.toSorted());
});

test('every status stands in its table', () => {
  const table = [...text.matchAll(/^\| ([A-Z_, ]+)(?: \(.*?\))? \|/gm)].flatMap(([, names = '']) => names.split(', '));
  expect(new Set(table)).toEqual(new Set([...PARTITION_STATUSES, 'REBALANCE_STORM']));
});
