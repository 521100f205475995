import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { bundlePage } from '../../../lambdas/api/page/bundle/bundle-page.ts';
import { type PageFiles, readPageFiles, writePageFiles } from '../../../lambdas/api/page/bundle/page-files.ts';

const BUDGET_BYTES = 150 * 1_024;

let files: PageFiles;
beforeAll(() => {
  files = bundlePage();
});

test('script and style sheet together are within the budget, gzipped', () => {
  const bodies = [...files].filter(([path]) => path !== '/').map(([, { body }]) => gzipSync(body).length);
  expect(bodies).toHaveLength(2);
  expect(bodies.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(BUDGET_BYTES);
});

test('the document holds nothing inline, and names its own files only', () => {
  const document = files.get('/')?.body ?? '';
  const named = [...document.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  expect(
    named
      .filter((address) => !address.startsWith('data:'))
      .map((address) => `/${address}`)
      .sort(),
  ).toEqual([...files.keys()].filter((path) => path !== '/').sort());
  expect(document).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*src=)/);
});

test('nothing in it asks another host for anything', () => {
  const addresses = [...files.values()].flatMap(({ body }) => body.match(/https?:\/\/[^\s"'`)]+/g) ?? []);
  // Names of XML namespaces look like addresses; nobody asks them.
  expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
});

test('what is written to a folder is read back the same', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  writePageFiles(folder, files);
  expect(new Map([...readPageFiles(folder)].sort())).toEqual(new Map([...files].sort()));
  await rm(folder, { recursive: true });
});
