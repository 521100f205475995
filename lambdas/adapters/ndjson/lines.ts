import { isUtf8 } from 'node:buffer';
import type { LinePlace } from './replay-line.ts';
import { malformed } from './replay-line.ts';

/** One line of text and where it stands. */
export interface TextLine {
  readonly place: LinePlace;
  readonly text: string;
}

/** A snapshot of a million group-partitions stays below it; anything longer is not this format. */
export const LINE_BYTES_MAX = 128 * 1024 * 1024;

const NEWLINE = 10;
const BYTE_ORDER_MARK = '\uFEFF';

/** Cuts chunks of bytes into lines; holds no more than one open line. */
export interface LineCutter {
  /** The lines that a chunk completes, one by one. Throws REPLAY_MALFORMED at one that is too long or not UTF-8. */
  cut(chunk: Uint8Array): Generator<TextLine>;
  /** The last line, which needs no newline. */
  rest(): Generator<TextLine>;
}

/** A cutter for one source. Blank lines are skipped but counted. */
export function lineCutter(source: string, lineBytesMax = LINE_BYTES_MAX): LineCutter {
  let open: Uint8Array[] = [];
  let openBytes = 0;
  let number = 1;

  function keepOpen(bytes: Uint8Array): void {
    open.push(bytes);
    openBytes += bytes.length;
    if (openBytes > lineBytesMax) throw malformed({ source, number }, `longer than ${lineBytesMax} bytes`);
  }

  return {
    *cut(chunk) {
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
        keepOpen(chunk.subarray(from, end));
        const line = lineOf(open, { source, number });
        [open, openBytes, number, from] = [[], 0, number + 1, end + 1];
        if (line !== null) yield line;
      }
      if (from < chunk.length) keepOpen(chunk.subarray(from));
    },
    *rest() {
      const line = lineOf(open, { source, number });
      if (line !== null) yield line;
    },
  };
}

/** Null: there is nothing on it. */
function lineOf(parts: readonly Uint8Array[], place: LinePlace): TextLine | null {
  const [only = new Uint8Array()] = parts.length > 1 ? [Buffer.concat(parts)] : parts;
  if (!isUtf8(only)) throw malformed(place, 'not UTF-8');
  const decoded = Buffer.from(only.buffer, only.byteOffset, only.byteLength).toString('utf8');
  const text = place.number === 1 && decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  return text.trim() === '' ? null : { place, text };
}
