import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockedPackage {
  readonly integrity?: string;
  readonly resolved?: string;
  /** It came within another's archive, whose hash covers it. */
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

const read = (path: string): Record<string, Record<string, unknown>> => JSON.parse(readFileSync(path, 'utf8'));

test('every dependency is pinned to one version', () => {
  const { dependencies = {}, devDependencies = {} } = read('package.json');
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
  );
  expect(loose).toEqual([]);
});

test('every package is held by its hash, and comes from whichever registry is configured', () => {
  const packages = Object.entries(read('package-lock.json')['packages'] as Record<string, LockedPackage>);
  const installed = packages.filter(([path, { link }]) => path !== '' && link !== true);
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { integrity, inBundle }]) => integrity === undefined && inBundle !== true)).toEqual([]);
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});
