import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every code of what a rollback does not undo has its line in docs/rollback.md, and no other has', () => {
  const source = readFileSync('lambdas/core/rollback/rollback-limits.ts', 'utf8');
  const [, union = ''] = /readonly code: ([^;]+);/.exec(source) ?? [];
  const codes = [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code);
  const documented = [...readFileSync('docs/rollback.md', 'utf8').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(4);
  expect(documented).toEqual(codes);
});
