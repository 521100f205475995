import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Errors have a page of their own. */
const ERRORS = ['RELEASE_REFUSED'];

test('every code that a judgement can give stands in docs/gate.md, and no other does', () => {
  const sources = globSync(['lambdas/core/{gate,release}/**/*.ts', 'lambdas/gate/*.ts']).map((file) =>
    readFileSync(file, 'utf8'),
  );
  const lines = sources.flatMap((text) => text.split('\n')).filter((line) => /\bcode: |\breason\('/.test(line));
  const codes = new Set(lines.flatMap((line) => [...line.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code)));
  for (const error of ERRORS) codes.add(error);
  const documented = new Set(
    [...readFileSync('docs/gate.md', 'utf8').matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code),
  );
  expect(codes.size).toBeGreaterThan(20);
  expect([...documented].toSorted()).toEqual([...codes].toSorted());
});
