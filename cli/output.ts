import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { exitCodeOf } from './exit-code.ts';
import { describeFailure } from './failure.ts';

/** Writes lines in large pieces: a system call for each line would take longer than what the line tells. */
export interface LineWriter {
  /** Null: go on. Else to be awaited: the reader is slow, and output must not pile up in memory. */
  write(line: string): Promise<void> | null;
  /** Writes what is still held back. Needed before the end; otherwise it happens when there is nothing else to do. */
  flush(): Promise<void>;
}

const PIECE_CHARACTERS = 64 * 1024;

export function lineWriter(stream: Writable): LineWriter {
  let piece = '';
  let whenIdle: NodeJS.Immediate | null = null;

  async function flush(): Promise<void> {
    if (whenIdle !== null) clearImmediate(whenIdle);
    whenIdle = null;
    const text = piece;
    piece = '';
    if (text !== '' && !stream.write(text)) await once(stream, 'drain');
  }

  return {
    flush,
    write(line) {
      piece += `${line}\n`;
      if (piece.length >= PIECE_CHARACTERS) return flush();
      whenIdle ??= setImmediate(flush);
      return null;
    },
  };
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
