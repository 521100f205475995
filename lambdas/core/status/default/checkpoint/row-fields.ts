import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { isSmall } from '../rows/columns.ts';
import type { Row } from '../rows/row.ts';
import type { Cell } from '../rows/row-kind.ts';

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

/** Column by column. Times are written as ages, which are short. */
export function writeRows(columns: ColumnWriter, { of, cells }: RowFields, rows: readonly Row[], atMs: number): void {
  for (const [name, { column, at }] of cells) {
    const target = columns.column(`${of}.${name}`);
    if (isSmall(column)) for (const row of rows) target.put(row.smalls[row.smallsAt + at] ?? 0);
    else if (column.kind === 'time') for (const row of rows) target.put(atMs - (row.numbers[row.numbersAt + at] ?? 0));
    else for (const row of rows) target.put(row.numbers[row.numbersAt + at] ?? 0);
  }
}

/** The opposite, into rows that are there already. */
export function readRows(columns: ColumnReader, { of, cells }: RowFields, rows: readonly Row[], atMs: number): void {
  for (const [name, { column, at }] of cells) {
    const source = columns.column(`${of}.${name}`);
    if (isSmall(column)) for (const row of rows) row.smalls[row.smallsAt + at] = source.take();
    else if (column.kind === 'time') for (const row of rows) row.numbers[row.numbersAt + at] = atMs - source.take();
    else for (const row of rows) row.numbers[row.numbersAt + at] = source.take();
  }
}
