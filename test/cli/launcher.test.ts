import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 30_000 });

const run = promisify(execFile);
const launcher = resolve('bin/sluicegate');
const version = /^\d+\.\d+\.\d+\n$/;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluicegate launcher '));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('starts from any folder, also through symbolic links, absolute and relative', async () => {
  await mkdir(join(folder, 'bin'));
  await symlink(launcher, join(folder, 'bin', 'real'));
  await symlink('bin/real', join(folder, 'sluicegate'));
  const { stdout } = await run(join(folder, 'sluicegate'), ['--version'], { cwd: '/' });
  expect(stdout).toMatch(version);
});

test('takes the project’s own Node, whatever is in PATH', async () => {
  await fakeNode('v12.0.0');
  const { stdout } = await run(launcher, ['--version'], { env: { PATH: `${folder}/path:/usr/bin:/bin` } });
  expect(stdout).toMatch(version);
});

test.each([
  { found: 'v20.19.0', starts: false },
  { found: 'v22.17.1', starts: false },
  { found: 'v22.18.0', starts: true },
  { found: 'v22.20.1', starts: true },
  { found: 'v23.5.0', starts: false },
  { found: 'v23.6.0', starts: true },
  { found: 'v23.11.1', starts: true },
  { found: 'v24.0.0', starts: true },
  { found: 'v30.1.0', starts: true },
])('without the project’s own, Node $found in PATH starts it: $starts', async ({ found, starts }) => {
  const copy = await bareCopy();
  await fakeNode(found);
  const started = run(copy, ['a b'], { env: { PATH: `${folder}/path:/usr/bin:/bin` } });
  if (starts) {
    expect((await started).stdout).toBe(
      `--disable-warning=TimeoutNegativeWarning ${join(folder, 'bare/cli/main.ts')} a b\n`,
    );
  } else {
    await expect(started).rejects.toMatchObject({
      code: 2,
      stderr: `sluicegate: needs Node 22.18 or newer, found ${found}: run "npm ci" in ${folder}/bare, which brings the right one\n`,
    });
  }
});

/** The launcher in a project where `npm ci` was never run. */
async function bareCopy(): Promise<string> {
  await mkdir(join(folder, 'bare', 'bin'), { recursive: true });
  const copy = join(folder, 'bare', 'bin', 'sluicegate');
  await run('cp', [launcher, copy]);
  return copy;
}

/** Says its version, or what it was started with. */
async function fakeNode(says: string): Promise<void> {
  await mkdir(join(folder, 'path'), { recursive: true });
  const script = `#!/bin/sh\n[ "$1" = --version ] && echo ${says} || echo "$@"\n`;
  await writeFile(join(folder, 'path', 'node'), script, { mode: 0o755 });
}
