import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { type LeashedProcess, startLeashed } from '../../local/leash.ts';
import { folderForTest } from '../setup/fake-tool.ts';

const run = (script: string) => startLeashed('sh', ['-c', script], { output: 'pipe' });

test('output and error are read in one, and the exit code is told', async () => {
  const command = run('echo out; echo error >&2; exit 3');
  expect(await linesOf(command.stdout)).toEqual(['out', 'error']);
  expect(await command.exited).toBe(3);
  expect(command.hasExited()).toBe(true);
});

test('a command that does not exist ends with 127, as in a shell', async () => {
  expect(await startLeashed('no-such-command', [], { output: 'pipe' }).exited).toBe(127);
});

test('arguments arrive as they are', async () => {
  const odd = ['two words', '$HOME', "it's", ''];
  const command = startLeashed('sh', ['-c', 'for a; do echo "[$a]"; done', 'sh', ...odd], { output: 'pipe' });
  expect(await linesOf(command.stdout)).toEqual(odd.map((argument) => `[${argument}]`));
});

test('signals reach the command: TERM can be handled, KILL cannot', async () => {
  const polite = run('trap "exit 7" TERM; echo ready; while :; do sleep 0.05; done');
  await firstLineOf(polite);
  await polite.signal('TERM');
  expect(await polite.exited).toBe(7);
  const stubborn = run('trap "" TERM; echo ready; while :; do sleep 0.05; done');
  await firstLineOf(stubborn);
  await stubborn.signal('TERM');
  await stubborn.signal('KILL');
  expect(await stubborn.exited).toBe(128 + 9);
});

test('a command can be stopped and continued', async () => {
  const command = run('echo $$; exec sleep 60');
  const pid = await firstLineOf(command);
  await command.signal('STOP');
  await vi.waitFor(() => expect(stateOf(pid)).toMatch(/^T/));
  await command.signal('CONT');
  await vi.waitFor(() => expect(stateOf(pid)).toMatch(/^S/));
  await command.signal('KILL');
  await command.exited;
});

test('a signal to a command that has ended does nothing', async () => {
  const command = run('exit 0');
  await command.exited;
  await command.signal('TERM');
  expect(await command.exited).toBe(0);
});

test('when we are killed with -9, the command ends and its folder goes', async () => {
  const folder = folderForTest();
  const url = new URL('../../local/leash.ts', import.meta.url);
  const script = `
    const { startLeashed } = await import('${url}');
    const command = startLeashed('sh', ['-c', 'echo $$; exec sleep 60'], { output: 'pipe', folder: '${folder}' });
    command.stdout.pipe(process.stdout);`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(createInterface({ input: owner.stdout }), 'line');
  expect(isAlive(Number(pid))).toBe(true);
  owner.kill('SIGKILL');
  await vi.waitFor(() => {
    expect(isAlive(Number(pid))).toBe(false);
    expect(existsSync(folder)).toBe(false);
  }, 3_000);
});

async function firstLineOf({ stdout }: LeashedProcess): Promise<string> {
  const [line] = stdout === null ? [''] : await once(createInterface({ input: stdout }), 'line');
  return line;
}

/** As ps tells it: S asleep, T stopped. */
function stateOf(pid: string): string {
  return execFileSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' });
}

async function linesOf(stream: Readable | null): Promise<readonly string[]> {
  return stream === null ? [] : Array.fromAsync(createInterface({ input: stream }));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
