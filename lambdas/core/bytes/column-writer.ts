import { type ByteWriter, byteWriter } from './byte-writer.ts';

/** One column of numbers, written from the top down. */
export interface NumberColumn {
  /** Any double, NaN included. @param prediction a whole number that the reader will know too */
  put(value: number, prediction?: number): void;
  /** So many of these, each with a prediction of its own. */
  putAll(values: Float64Array, predictions: Float64Array, count: number): void;
  /** So many whole numbers below 2^32. */
  putCounts(values: Uint32Array, count: number): void;
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
  text(value: string): void;
  /** All that was written. The writer is used up. */
  finish(): Uint8Array;
}

/** More than the lengths of a column's name and numbers take. */
const FRAME_BYTES = 32;

export function columnWriter(format: number): ColumnWriter {
  const columns = new Map<string, ByteWriter>();
  const texts = byteWriter();
  return {
    column(name) {
      const writer = columns.get(name) ?? byteWriter();
      columns.set(name, writer);
      return {
        put: (value, prediction = 0) => writer.real(value, prediction),
        putAll: writer.reals,
        putCounts: writer.counts,
      };
    },
    text: texts.text,
    finish() {
      const written = Array.from(columns, ([name, numbers]) => ({ name, numbers: numbers.finish() }));
      const text = texts.finish();
      const numbersBytes = written.reduce((sum, { name, numbers }) => sum + name.length + numbers.length, 0);
      const whole = byteWriter(text.length + numbersBytes + FRAME_BYTES * (columns.size + 1));
      whole.unsigned(format);
      whole.block(text);
      whole.unsigned(columns.size);
      for (const { name, numbers } of written) {
        whole.text(name);
        whole.block(numbers);
      }
      return whole.finish();
    },
  };
}
