import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { Row } from '../rows/row.ts';
import type { Cell } from '../rows/row-kind.ts';
import { type Block, blockOfNumbers } from './blocks.ts';
import { getNumbers, setNumbers } from './row-fields.ts';

/** A column of rows of which the reader can tell what each number should be, by what was read before it. */
export interface PredictedField<R extends Row> {
  /** In a checkpoint. */
  readonly name: string;
  readonly cell: Cell;
  /** A whole number. @param index of the row among all */
  readonly expectedOf: (row: R, index: number) => number;
}

/** Writes blocks of rows, column by column, as distances from what is expected. */
export function predictedWriter<R extends Row>(columns: ColumnWriter, fields: readonly PredictedField<R>[]) {
  const [values, expected] = [blockOfNumbers(), blockOfNumbers()];
  const targets = fields.map((field) => ({ field, column: columns.column(field.name) }));
  return (block: Block<R>): void => {
    for (const { field, column } of targets) {
      expect(field, block, expected);
      getNumbers(block.rows, field.cell.at, values);
      column.putAll(values, expected, block.rows.length);
    }
  };
}

/** The opposite, into rows that are there already. */
export function predictedReader<R extends Row>(columns: ColumnReader, fields: readonly PredictedField<R>[]) {
  const expected = blockOfNumbers();
  const sources = fields.map((field) => ({ field, column: columns.column(field.name) }));
  return (block: Block<R>): void => {
    for (const { field, column } of sources) {
      expect(field, block, expected);
      column.takeAll(expected, block.rows.length);
      setNumbers(block.rows, field.cell.at, expected);
    }
  };
}

function expect<R extends Row>({ expectedOf }: PredictedField<R>, { rows, from }: Block<R>, into: Float64Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (row !== undefined) into[index] = knownOr0(expectedOf(row, from + index));
  }
}

/** What is not known makes a prediction of 0. */
const knownOr0 = (value: number): number => (Number.isNaN(value) ? 0 : value);
