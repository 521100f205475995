import { type CellsWith, REAL } from './byte-writer.ts';
import { corrupt } from './corrupt.ts';

/** Reads what `byteWriter` wrote; anything else throws STORE_CORRUPT, never gives a wrong number. */
export interface ByteReader {
  unsigned(): number;
  near(prediction: number): number;
  /** What `nearColumn` wrote: the expected values become the real ones. */
  nearColumn(expected: Float64Array, where: CellsWith): void;
  real(prediction: number): number;
  /** What `reals` wrote: the expected values become the real ones. */
  reals(expected: Float64Array, count: number): void;
  /** What `counts` wrote. */
  counts(into: Uint32Array, count: number): void;
  text(): string;
  raw(size: number): Uint8Array;
  block(): Uint8Array;
  /** Nothing may be left over. */
  finish(): void;
}

const MAX_BYTES = 8;
const COUNT_MAX = 2 ** 32 - 1;

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

  function near(prediction: number): number {
    const code = unsigned() - 1;
    if (code >= 0) return prediction + distanceOf(code);
    const negative = unsigned() === 1;
    const magnitude = unsigned();
    return negative ? -magnitude : magnitude;
  }

  function real(prediction: number): number {
    const byte = source[at] ?? 0;
    // Most distances are one byte.
    if (byte >= REAL.distance && byte < 128) {
      at += 1;
      return prediction + nearDistanceOf(byte - REAL.distance);
    }
    return farReal(prediction);
  }

  function farReal(prediction: number): number {
    const code = unsigned();
    if (code >= REAL.distance) return prediction + distanceOf(code - REAL.distance);
    if (code === REAL.notANumber) return Number.NaN;
    if (at + 8 > source.length) throw corrupt('ends too early');
    at += 8;
    return source.readDoubleLE(at - 8);
  }

  return {
    unsigned,
    near,
    nearColumn(expected, { codes, bit }) {
      for (let cell = 0; cell < expected.length; cell += 1) {
        if (((codes[cell] ?? 0) & bit) === 0) continue;
        const byte = source[at] ?? 0;
        // Most distances are one byte: this loop is where an evaluation spends its time.
        if (byte > 0 && byte < 128) {
          at += 1;
          expected[cell] = (expected[cell] ?? 0) + distanceOf(byte - 1);
        } else {
          expected[cell] = near(expected[cell] ?? 0);
        }
      }
    },
    real,
    reals(expected, count) {
      // A checkpoint has millions of these: most are a byte or two, and take no call.
      let place = at;
      for (let index = 0; index < count; index += 1) {
        const low = source[place] ?? 0;
        const high = low < 128 ? 0 : (source[place + 1] ?? 128);
        const code = high < 128 ? (low & 127) + high * 128 - REAL.distance : -1;
        if (code >= 0) {
          place += low < 128 ? 1 : 2;
          expected[index] = (expected[index] ?? 0) + nearDistanceOf(code);
        } else {
          at = place;
          expected[index] = farReal(expected[index] ?? 0);
          place = at;
        }
      }
      at = place;
    },
    counts(into, count) {
      let place = at;
      for (let index = 0; index < count; index += 1) {
        const byte = source[place] ?? 128;
        if (byte < 128) {
          place += 1;
          into[index] = byte;
        } else {
          at = place;
          const large = unsigned();
          if (large > COUNT_MAX) throw corrupt('holds a number that is too large');
          into[index] = large;
          place = at;
        }
      }
      at = place;
    },
    text: () => Buffer.from(raw(unsigned())).toString(),
    raw,
    block: () => raw(unsigned()),
    finish() {
      if (at !== source.length) throw corrupt(`has ${source.length - at} bytes too many`);
    },
  };
}

/** 0, -1, 1, -2, 2 … for 0, 1, 2, 3, 4 … */
const distanceOf = (code: number): number => (code % 2 === 0 ? code / 2 : -(code + 1) / 2);

/** The same for a code below 2^31. */
const nearDistanceOf = (code: number): number => (code >>> 1) ^ -(code & 1);

function checked(value: number): number {
  if (value > Number.MAX_SAFE_INTEGER) throw corrupt('holds a number that is too large');
  return value;
}
