import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/**
 * Runs a command that cannot outlive us, even when we are killed with -9: `sh` starts it and reads our end of a pipe.
 * A line is a signal to pass on; END says that the command is gone; the pipe's end, without END, says that we are
 * gone: the command is killed and its folder removed. `sh` is the command's parent, so no signal hits a reused pid.
 */
const LEASH = `
exec 3<&0 </dev/null 2>&1
folder=$1
shift
"$@" 3<&- &
child=$!
{
  while read -r signal <&3; do
    [ "$signal" = END ] && exit 0
    kill -s "$signal" "$child"
  done
  kill -s KILL "$child"
  while kill -s 0 "$child"; do sleep 0.1; done
  [ -z "$folder" ] || rm -rf -- "$folder"
} >/dev/null 2>&1 &
exec 3<&-
wait "$child"
`;

export type Signal = 'TERM' | 'KILL' | 'STOP' | 'CONT';

/** A process of ours that ends when we do, however we end. */
export interface LeashedProcess {
  /** Resolves with the exit code when it has ended; 128 + n after signal n, as a shell counts. */
  readonly exited: Promise<number>;
  /** What it writes, when `output` was `pipe`. */
  readonly stdout: Readable | null;
  hasExited(): boolean;
  signal(signal: Signal): void;
}

export interface LeashOptions {
  /** An open file for standard output and error, or `pipe` to read both. */
  readonly output: number | 'pipe';
  /** Removed by the leash when we die without cleaning up. */
  readonly folder?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts a command on a leash, in a session of its own: Ctrl-C in the terminal reaches only us. */
export function startLeashed(command: string, args: readonly string[], options: LeashOptions): LeashedProcess {
  const { output, folder = '', env = process.env } = options;
  const child = spawn('sh', ['-c', LEASH, 'leash', folder, command, ...args], {
    stdio: ['pipe', output, 'ignore'],
    detached: true,
    env,
  });
  // The pipe breaks when sh ends first; its exit tells.
  child.stdin?.on('error', () => undefined);
  return leashed(child);
}

function leashed(child: ChildProcess): LeashedProcess {
  let ended = false;
  const exited = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      ended = true;
      child.stdin?.end('END\n');
      resolve(code ?? -1);
    });
  });
  return {
    exited,
    stdout: child.stdout,
    hasExited: () => ended,
    signal: (signal) => {
      if (!ended) child.stdin?.write(`${signal}\n`);
    },
  };
}
