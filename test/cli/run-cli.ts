import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const launcher = resolve('bin/sluicegate');

/** What a command came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a user would. */
export function startCli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcessWithoutNullStreams {
  return spawn(launcher, args, { stdio: 'pipe', env: { ...process.env, ...env } });
}

/** Runs it to its end. */
export async function runCli(
  args: readonly string[],
  input: string | Uint8Array = '',
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = startCli(args, env);
  // A command that ends before it has read everything is not the test's failure.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code, stdout, stderr] = await Promise.all([
    new Promise<number | null>((done) => child.on('close', done)),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}
