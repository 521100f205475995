import { type ByteReader, byteReader } from './byte-reader.ts';
import { corrupt } from './corrupt.ts';

/** One column of numbers, read from the top down. */
export interface NumberSource {
  take(prediction?: number): number;
  /** So many: the expected values become the real ones. */
  takeAll(expected: Float64Array, count: number): void;
  /** The same where only a whole number from 0 to `most` makes sense. */
  takeCount(most?: number): number;
  /** What `putCounts` wrote. */
  takeCounts(into: Uint32Array, count: number): void;
}

/** Reads what `columnWriter` wrote; anything else throws STORE_CORRUPT. */
export interface ColumnReader {
  column(name: string): NumberSource;
  text(): string;
  /** Nothing may be left over. */
  finish(): void;
}

export function columnReader(bytes: Uint8Array, format: number): ColumnReader {
  const whole = byteReader(bytes);
  const found = whole.unsigned();
  if (found !== format) {
    throw corrupt(`has columns of format ${found}, and this release reads ${format}`);
  }
  const texts = byteReader(whole.block());
  const columns = new Map<string, ByteReader>();
  for (let left = whole.unsigned(); left > 0; left -= 1) columns.set(whole.text(), byteReader(whole.block()));
  whole.finish();
  return {
    column(name) {
      const numbers = columns.get(name);
      // A column into which nothing was ever put was not made.
      return numbers === undefined ? EMPTY : sourceOf(numbers);
    },
    text: texts.text,
    finish() {
      texts.finish();
      for (const numbers of columns.values()) numbers.finish();
    },
  };
}

function sourceOf(numbers: ByteReader): NumberSource {
  return {
    take: (prediction = 0) => numbers.real(prediction),
    takeAll: numbers.reals,
    takeCount(most = Number.MAX_SAFE_INTEGER) {
      const count = numbers.real(0);
      if (!Number.isSafeInteger(count) || count < 0 || count > most) throw corrupt(`counts ${count} where it can't`);
      return count;
    },
    takeCounts: numbers.counts,
  };
}

const EMPTY = sourceOf(byteReader(new Uint8Array()));
