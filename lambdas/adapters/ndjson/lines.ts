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

/**
 * Cuts bytes into lines; holds no more than one chunk and one line. Blank lines are skipped but counted; the last line
 * needs no newline. Throws REPLAY_MALFORMED on a line that is too long or not UTF-8.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  lineBytesMax = LINE_BYTES_MAX,
): AsyncGenerator<TextLine> {
  const open: Uint8Array[] = [];
  let openBytes = 0;
  let number = 1;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      open.push(chunk.subarray(from, end));
      refuseTooLong(openBytes + end - from, lineBytesMax, { source, number });
      yield* lineOf(open, { source, number });
      open.length = 0;
      openBytes = 0;
      number += 1;
      from = end + 1;
    }
    open.push(chunk.subarray(from));
    openBytes += chunk.length - from;
    refuseTooLong(openBytes, lineBytesMax, { source, number });
  }
  yield* lineOf(open, { source, number });
}

function refuseTooLong(bytes: number, bytesMax: number, place: LinePlace): void {
  if (bytes > bytesMax) throw malformed(place, `longer than ${bytesMax} bytes`);
}

function* lineOf(parts: readonly Uint8Array[], place: LinePlace): Generator<TextLine> {
  const [first = new Uint8Array(), ...rest] = parts;
  const bytes = rest.length === 0 ? first : Buffer.concat(parts);
  if (!isUtf8(bytes)) throw malformed(place, 'not UTF-8');
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const text = place.number === 1 && decoded.startsWith(BYTE_ORDER_MARK) ? decoded.slice(1) : decoded;
  if (text.trim() !== '') yield { place, text };
}
