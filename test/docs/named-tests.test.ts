import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.md'),
);

test('every test that a page names as its proof is there', () => {
  const named = docs.flatMap((file) => {
    const text = readFileSync(join(root, 'docs', file), 'utf8');
    return [...text.matchAll(/`(test\/[^`*]+)`/g)].map(([, path = '']) => ({ file, path }));
  });
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
});
