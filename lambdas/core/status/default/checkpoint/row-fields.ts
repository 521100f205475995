import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { isSmall } from '../rows/columns.ts';
import type { Row } from '../rows/row.ts';
import type { Cell } from '../rows/row-kind.ts';
import { BLOCK_ROWS, blockOfNumbers } from './blocks.ts';

/** Some columns of rows, by name, and the first part of their names in a checkpoint. */
export interface RowFields {
  readonly of: string;
  readonly cells: readonly (readonly [name: string, cell: Cell])[];
}

export const rowFields = <Name extends string>(
  of: string,
  cells: Readonly<Record<Name, Cell>>,
  names: readonly Name[],
): RowFields => ({ of, cells: names.map((name) => [name, cells[name]]) });

/** Writes blocks of rows, column by column. Times are written as ages, which are short. */
export function rowsWriter(
  columns: ColumnWriter,
  { of, cells }: RowFields,
  atMs: number,
): (rows: readonly Row[]) => void {
  const [numbers, zeroes, counts] = [blockOfNumbers(), blockOfNumbers(), new Uint32Array(BLOCK_ROWS)];
  const targets = cells.map(([name, cell]) => ({ ...cell, target: columns.column(`${of}.${name}`) }));
  return (rows) => {
    for (const { column, at, target } of targets) {
      if (isSmall(column)) {
        getCounts(rows, at, counts);
        target.putCounts(counts, rows.length);
      } else {
        getNumbers(rows, at, numbers);
        if (column.kind === 'time') sinceThen(numbers, rows.length, atMs);
        target.putAll(numbers, zeroes, rows.length);
      }
    }
  };
}

/** The opposite, into rows that are there already. */
export function rowsReader(
  columns: ColumnReader,
  { of, cells }: RowFields,
  atMs: number,
): (rows: readonly Row[]) => void {
  const [numbers, counts] = [blockOfNumbers(), new Uint32Array(BLOCK_ROWS)];
  const sources = cells.map(([name, cell]) => ({ ...cell, source: columns.column(`${of}.${name}`) }));
  return (rows) => {
    for (const { column, at, source } of sources) {
      if (isSmall(column)) {
        source.takeCounts(counts, rows.length);
        setCounts(rows, at, counts);
      } else {
        numbers.fill(0);
        source.takeAll(numbers, rows.length);
        if (column.kind === 'time') sinceThen(numbers, rows.length, atMs);
        setNumbers(rows, at, numbers);
      }
    }
  };
}

/** One column of rows, as it lies in them. */
export function getNumbers(rows: readonly Row[], at: number, into: Float64Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (row !== undefined) into[index] = row.numbers[row.numbersAt + at] ?? 0;
  }
}

/** The opposite. */
export function setNumbers(rows: readonly Row[], at: number, values: Float64Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (row !== undefined) row.numbers[row.numbersAt + at] = values[index] ?? 0;
  }
}

function getCounts(rows: readonly Row[], at: number, into: Uint32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (row !== undefined) into[index] = row.smalls[row.smallsAt + at] ?? 0;
  }
}

function setCounts(rows: readonly Row[], at: number, values: Uint32Array): void {
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index];
    if (row !== undefined) row.smalls[row.smallsAt + at] = values[index] ?? 0;
  }
}

/** Times become ages, and ages times. */
function sinceThen(numbers: Float64Array, count: number, atMs: number): void {
  for (let index = 0; index < count; index++) numbers[index] = atMs - (numbers[index] ?? 0);
}
