import { type ByteReader, byteReader } from './byte-reader.ts';
import { corrupt } from './corrupt.ts';

/** One column of numbers, read from the top down. */
export interface NumberSource {
  take(prediction?: number): number;
  /** As many as are expected: the expected values become the real ones. */
  takeAll(expected: Float64Array): void;
  /** The same where only a whole number from 0 to `most` makes sense. */
  takeCount(most?: number): number;
}

/** Reads what `columnWriter` wrote; anything else throws STORE_CORRUPT. */
export interface ColumnReader {
  column(name: string): NumberSource;
  text(): string;
  /** Nothing may be left over. */
  finish(): void;
}

/** @param known the texts that the writer knew, in the same order */
export function columnReader(bytes: Uint8Array, format: number, known: Iterable<string>): ColumnReader {
  const whole = byteReader(bytes);
  const found = whole.unsigned();
  if (found !== format) {
    throw corrupt(`has columns of format ${found}, and this release reads ${format}`);
  }
  const texts = byteReader(whole.block());
  const columns = new Map<string, ByteReader>();
  for (let left = whole.unsigned(); left > 0; left -= 1) columns.set(whole.text(), byteReader(whole.block()));
  whole.finish();
  const places = [...known];
  let expectedPlace = 0;
  return {
    column(name) {
      const numbers = columns.get(name);
      // A column into which nothing was ever put was not made.
      return numbers === undefined ? EMPTY : sourceOf(numbers);
    },
    text() {
      const place = texts.near(expectedPlace);
      if (place === places.length) return texts.text();
      const text = places[place];
      if (text === undefined) throw corrupt('names a text that is not known');
      expectedPlace = place + 1;
      return text;
    },
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
  };
}

const EMPTY = sourceOf(byteReader(new Uint8Array()));
