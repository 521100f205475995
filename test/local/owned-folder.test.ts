import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeOwnedFolder } from '../../local/owned-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'owned-folder-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

test('every call gives a new, empty folder', async () => {
  const first = await makeOwnedFolder(parent);
  const second = await makeOwnedFolder(parent);
  expect(first).not.toBe(second);
  expect(await readdir(first)).toEqual([]);
  expect(existsSync(second)).toBe(true);
});

test('what a dead owner left is removed; what belongs to the living, or to others, stays', async () => {
  const deadPid = spawnSync('true').pid;
  const dead = join(parent, `sluicegate-${deadPid}-0123abcd`);
  const living = join(parent, `sluicegate-${process.ppid}-0123abcd`);
  const foreign = join(parent, 'kafka-4.3.1-0123abcd');
  for (const folder of [dead, living, foreign]) await mkdir(folder);
  await writeFile(join(dead, 'file'), 'left over');
  await makeOwnedFolder(parent);
  expect([dead, living, foreign].map(existsSync)).toEqual([false, true, true]);
});

test('a parent that does not exist yet is made', async () => {
  expect(existsSync(await makeOwnedFolder(join(parent, 'not', 'yet')))).toBe(true);
});
