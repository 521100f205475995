import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { exitCodeOf } from './exit-code.ts';
import { describeFailure } from './failure.ts';

/**
 * Writes one line and waits while the reader is slow, so that output never piles up in memory.
 *
 * Awaiting a line that was taken at once costs a microtask only.
 */
export async function writeLine(stream: Writable, text: string): Promise<void> {
  if (!stream.write(`${text}\n`)) await once(stream, 'drain');
}

/** What happens outside any `await`: a reader that is gone, and errors nobody waits for. */
export function guardProcess(process: NodeJS.Process): void {
  endQuietlyWithoutReader(process.stdout, process);
  endQuietlyWithoutReader(process.stderr, process);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${describeFailure(error)}\n`);
    process.exit(exitCodeOf(error));
  });
}

/** A reader that has seen enough (`| head`) is no error: the process ends, and says nothing. */
function endQuietlyWithoutReader(stream: Writable, process: NodeJS.Process): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
