import { corrupt } from './corrupt.ts';

/** Reads what `byteWriter` wrote; anything else throws STORE_CORRUPT, never gives a wrong number. */
export interface ByteReader {
  unsigned(): number;
  near(prediction: number): number;
  text(): string;
  raw(size: number): Uint8Array;
  block(): Uint8Array;
  /** Nothing may be left over. */
  finish(): void;
}

const MAX_BYTES = 8;

export function byteReader(bytes: Uint8Array): ByteReader {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function next(): number {
    const byte = source[at++];
    if (byte === undefined) throw corrupt('ends too early');
    return byte;
  }

  function unsigned(): number {
    const first = next();
    if (first < 128) return first;
    let value = first - 128;
    for (let size = 1, scale = 128; size < MAX_BYTES; size += 1, scale *= 128) {
      const byte = next();
      if (byte < 128) return checked(value + byte * scale);
      value += (byte - 128) * scale;
    }
    throw corrupt('holds a number without end');
  }

  function raw(size: number): Uint8Array {
    if (at + size > source.length) throw corrupt('ends too early');
    at += size;
    return source.subarray(at - size, at);
  }

  return {
    unsigned,
    near(prediction) {
      const code = unsigned() - 1;
      if (code >= 0) return prediction + (code % 2 === 0 ? code / 2 : -(code + 1) / 2);
      const negative = unsigned() === 1;
      const magnitude = unsigned();
      return negative ? -magnitude : magnitude;
    },
    text: () => Buffer.from(raw(unsigned())).toString(),
    raw,
    block: () => raw(unsigned()),
    finish() {
      if (at !== source.length) throw corrupt(`has ${source.length - at} bytes too many`);
    },
  };
}

function checked(value: number): number {
  if (value > Number.MAX_SAFE_INTEGER) throw corrupt('holds a number that is too large');
  return value;
}
