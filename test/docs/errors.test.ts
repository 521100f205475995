import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every error code has its line in docs/errors.md, and no other has', () => {
  const [, union = ''] = /export type ErrorCode =([^;]+);/.exec(readFileSync('lambdas/core/errors.ts', 'utf8')) ?? [];
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code);
  const documented = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(10);
  expect(documented.toSorted()).toEqual(codes.toSorted());
});
