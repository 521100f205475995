import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/**
 * Runs a command that cannot outlive us, even when we are killed with -9: `sh` starts it and reads a socket whose other
 * end is ours. A line is a signal to pass on, and is echoed when that is done; END says that the command is gone; the
 * socket's end, without END, says that we are gone: the command is killed and its folder removed.
 * `sh` is the command's parent, so that no signal ever hits a process that got the same number later.
 */
const LEASH = `
exec </dev/null 2>&1
folder=$1
shift
"$@" 3>&- &
child=$!
{
  while read -r signal <&3; do
    [ "$signal" = END ] && exit 0
    kill -s "$signal" "$child"
    echo "$signal" >&3
  done
  kill -s KILL "$child"
  while kill -s 0 "$child"; do sleep 0.1; done
  [ -z "$folder" ] || rm -rf -- "$folder"
} >/dev/null 2>&1 &
exec 3>&-
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
  /** Resolves when the signal was sent; at once when there is nothing left to send it to. */
  signal(signal: Signal): Promise<void>;
}

export interface LeashOptions {
  /** An open file for standard output and error, or `pipe` to read both. */
  readonly output: number | 'pipe';
  /** Removed by the leash when we die without cleaning up. */
  readonly folder?: string;
}

/** Starts a command on a leash, in a session of its own: Ctrl-C in the terminal reaches only us. */
export function startLeashed(command: string, args: readonly string[], options: LeashOptions): LeashedProcess {
  const sh = spawn('sh', ['-c', LEASH, 'leash', options.folder ?? '', command, ...args], {
    // Not standard input: Node closes that by itself when sh has exited, before END could be said.
    stdio: ['ignore', options.output, 'ignore', 'pipe'],
    detached: true,
  });
  const leash = sh.stdio[3];
  if (!(leash instanceof Socket)) throw new Error('invariant: an extra pipe of a child process is a socket');
  // It breaks when sh ends first; its exit tells.
  leash.on('error', () => undefined);
  const echoes = createInterface({ input: leash });

  let ended = false;
  const exited = new Promise<number>((resolve, reject) => {
    sh.once('error', reject);
    sh.once('exit', (code) => {
      ended = true;
      leash.end('END\n');
      resolve(code ?? -1);
    });
  });
  return {
    exited,
    stdout: sh.stdout,
    hasExited: () => ended,
    signal: async (signal) => {
      if (ended) return;
      const echoed = once(echoes, 'line');
      leash.write(`${signal}\n`);
      await Promise.race([echoed, exited]);
    },
  };
}
