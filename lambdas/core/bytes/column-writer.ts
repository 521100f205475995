import { type ByteWriter, byteWriter } from './byte-writer.ts';

/** One column of numbers, written from the top down. */
export interface NumberColumn {
  /** Any double, NaN included. @param prediction a whole number that the reader will know too */
  put(value: number, prediction?: number): void;
}

/**
 * Writes numbers in columns, since like compresses with like, and texts apart from them:
 *
 *     format: 1 byte; texts; number of columns; of each its name and its numbers
 *
 * Its mirror is `columnReader`.
 */
export interface ColumnWriter {
  /** The column of that name, made when it is first asked for. */
  column(name: string): NumberColumn;
  /** One that is known takes a byte or two, and next to nothing where known ones follow each other in their order. */
  text(value: string): void;
  /** All that was written. The writer is used up. */
  finish(): Uint8Array;
}

/** @param known texts that the reader will know too, in the same order */
export function columnWriter(format: number, known: Iterable<string>): ColumnWriter {
  const columns = new Map<string, ByteWriter>();
  const texts = byteWriter();
  const places = new Map<string, number>();
  const all = [...known];
  for (const [place, text] of all.entries()) if (!places.has(text)) places.set(text, place);
  let expectedPlace = 0;
  return {
    column(name) {
      const writer = columns.get(name) ?? byteWriter();
      columns.set(name, writer);
      return { put: (value, prediction = 0) => writer.real(value, prediction) };
    },
    text(value) {
      const place = all[expectedPlace] === value ? expectedPlace : (places.get(value) ?? all.length);
      texts.near(place, expectedPlace);
      if (place === all.length) texts.text(value);
      else expectedPlace = place + 1;
    },
    finish() {
      const whole = byteWriter();
      whole.unsigned(format);
      whole.block(texts.finish());
      whole.unsigned(columns.size);
      for (const [name, numbers] of columns) {
        whole.text(name);
        whole.block(numbers.finish());
      }
      return whole.finish();
    },
  };
}
