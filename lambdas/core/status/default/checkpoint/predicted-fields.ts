import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { Row } from '../rows/row.ts';
import type { Cell } from '../rows/row-kind.ts';
import { blockOfNumbers } from './blocks.ts';
import { getNumbers, setNumbers } from './row-fields.ts';

/** A column of rows of which the reader can tell what each number should be, by what was read before it. */
export interface PredictedField<R extends Row, Told> {
  /** In a checkpoint. */
  readonly name: string;
  readonly cell: Cell;
  /** A whole number, or NaN. @param told what the last snapshot says of the row */
  readonly expectedOf: (row: R, told: Told) => number;
}

/** Writes a block of rows, column by column, as distances from what is expected. */
export function predictedWriter<R extends Row, Told>(
  columns: ColumnWriter,
  fields: readonly PredictedField<R, Told>[],
): (rows: readonly R[], told: readonly Told[]) => void {
  const [values, expected] = [blockOfNumbers(), blockOfNumbers()];
  const targets = fields.map((field) => ({ field, column: columns.column(field.name) }));
  return (rows, told) => {
    for (const { field, column } of targets) {
      expect(field, rows, told, expected);
      getNumbers(rows, field.cell.at, values);
      column.putAll(values, expected, rows.length);
    }
  };
}

/** The opposite, into rows that are there already. */
export function predictedReader<R extends Row, Told>(
  columns: ColumnReader,
  fields: readonly PredictedField<R, Told>[],
): (rows: readonly R[], told: readonly Told[]) => void {
  const expected = blockOfNumbers();
  const sources = fields.map((field) => ({ field, column: columns.column(field.name) }));
  return (rows, told) => {
    for (const { field, column } of sources) {
      expect(field, rows, told, expected);
      column.takeAll(expected, rows.length);
      setNumbers(rows, field.cell.at, expected);
    }
  };
}

function expect<R extends Row, Told>(
  { expectedOf }: PredictedField<R, Told>,
  rows: readonly R[],
  told: readonly Told[],
  into: Float64Array,
): void {
  let index = 0;
  for (const row of rows) {
    // Both lists are of one length, and what a snapshot tells may itself be undefined.
    into[index] = knownOr0(expectedOf(row, told[index] as Told));
    index += 1;
  }
}

/** What is not known makes a prediction of 0. */
const knownOr0 = (value: number): number => (Number.isNaN(value) ? 0 : value);
