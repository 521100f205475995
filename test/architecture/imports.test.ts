import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FUNCTIONS = ['snapshot', 'evaluate', 'gate', 'restore', 'api', 'slack'];
/** What a browser runs, and how that is built. */
const PAGE = 'lambdas/api/page/';
const HANDLERS = FUNCTIONS.map((name) => `lambdas/${name}/`);

/** May a file in `from` import `target`? CONTRIBUTING.md has the same table in words. */
function mayImport(from: string, target: string): boolean {
  const to = (...prefixes: string[]) => prefixes.some((prefix) => target.startsWith(prefix));
  const outside = !/^(lambdas|infra|local|cli|bench|test)\//.test(target);
  const shared = ['lambdas/core/', 'lambdas/adapters/', 'lambdas/config/', 'lambdas/contract.ts'];
  const [top = '', room = '', inner = ''] = from.split('/');
  if (from.startsWith(`${PAGE}bundle/`)) return target === 'esbuild' || isBuiltin(target) || to(`${PAGE}bundle/`);
  if (from.startsWith(PAGE))
    return /^(preact|uplot)\b/.test(target) || to(PAGE, 'lambdas/api/answers/', 'lambdas/core/');
  if (top === 'infra') return outside || to('infra/', 'lambdas/config/', 'lambdas/contract.ts', `${PAGE}bundle/`);
  if (top === 'cli') return outside || to('cli/', 'local/', ...shared, ...HANDLERS);
  if (top === 'local') return outside || to('local/', ...shared, ...HANDLERS);
  if (room === 'contract.ts') return false;
  if (room === 'core') return to('lambdas/core/');
  if (room === 'config') return target === 'zod' || to('lambdas/core/', 'lambdas/config/');
  if (room === 'adapters') return outside || to('lambdas/core/', 'lambdas/contract.ts', `lambdas/adapters/${inner}/`);
  if (FUNCTIONS.includes(room)) return target === 'zod' || isBuiltin(target) || to(...shared, `lambdas/${room}/`);
  return false;
}

const sources = globSync('{lambdas,infra,local,cli}/**/*.{ts,tsx}');

test('every import follows the import table', () => {
  expect(sources.length).toBeGreaterThan(20);
  const broken = sources.flatMap((file) =>
    importsOf(file)
      .filter((target) => !mayImport(file, target))
      .map((target) => `${file} → ${target}`),
  );
  expect(broken).toEqual([]);
});

test.each([
  { why: 'the core stays pure', from: 'lambdas/core/lag/lag.ts', target: 'node:fs' },
  { why: 'the core needs no package', from: 'lambdas/core/lag/lag.ts', target: 'zod' },
  {
    why: 'functions do not know each other',
    from: 'lambdas/snapshot/handler.ts',
    target: 'lambdas/evaluate/handler.ts',
  },
  {
    why: 'adapters do not know each other',
    from: 'lambdas/adapters/sns/notifier.ts',
    target: 'lambdas/adapters/kafka/x.ts',
  },
  { why: 'handlers reach npm through adapters', from: 'lambdas/snapshot/handler.ts', target: 'kafkajs' },
  { why: 'a browser has no stores', from: 'lambdas/api/page/main.tsx', target: 'lambdas/adapters/dynamodb/table.ts' },
  { why: 'the infrastructure takes handlers by path', from: 'infra/app.ts', target: 'lambdas/snapshot/handler.ts' },
])('the table refuses what it should: $why', ({ from, target }) => {
  expect(mayImport(from, target)).toBe(false);
});

test('the core holds no clock and no randomness', () => {
  const impure = globSync('lambdas/core/**/*.ts').filter((file) =>
    /\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|\bawait\b/.test(readFileSync(file, 'utf8')),
  );
  expect(impure).toEqual([]);
});

function importsOf(file: string): string[] {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, specifier = '']) => specifier,
  );
  return specifiers.map((specifier) => (specifier.startsWith('.') ? join(file, '..', specifier) : specifier));
}
