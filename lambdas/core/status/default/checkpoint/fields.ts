import { listOf } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';

/** Which number, flag or time of a memory goes into a checkpoint. Times are written as ages, which are short. */
export interface Field<T> {
  readonly key: keyof T & string;
  readonly kind: 'number' | 'flag' | 'time';
}

type KeyOf<T, V> = { [K in keyof T & string]-?: T[K] extends V ? K : never }[keyof T & string];

export const numbers = <T>(...keys: KeyOf<T, number>[]): Field<T>[] => keys.map((key) => ({ key, kind: 'number' }));
export const times = <T>(...keys: KeyOf<T, number>[]): Field<T>[] => keys.map((key) => ({ key, kind: 'time' }));
export const flags = <T>(...keys: KeyOf<T, boolean>[]): Field<T>[] => keys.map((key) => ({ key, kind: 'flag' }));

/** What a memory looks like before anything was learnt: values that are still so are not written. */
export interface Baseline<T> {
  readonly fields: readonly Field<T>[];
  readonly fresh: T;
  readonly atMs: number;
}

/**
 * Rows as columns: most columns of most rows are still fresh, and then a column is one null. In a column, null stands
 * for a fresh value.
 */
export function renderRows<T extends object>(rows: readonly T[], { fields, fresh, atMs }: Baseline<T>): Checkpoint {
  return fields.map(({ key, kind }) => {
    const column = rows.map((row) => renderValue(row[key], fresh[key], kind, atMs));
    return column.every((value) => value === null) ? null : column;
  });
}

/** The opposite: writes the values into rows that are fresh. */
export function parseRows<T extends object>(
  value: Checkpoint | undefined,
  rows: readonly T[],
  { fields, atMs }: Pick<Baseline<T>, 'fields' | 'atMs'>,
): void {
  const columns = listOf(value, (column) => column ?? null);
  if (columns.length !== fields.length) throw new TypeError(`${columns.length} columns instead of ${fields.length}`);
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index];
    const column = columns[index] ?? null;
    if (field !== undefined && column !== null) parseColumnOf(field, column, rows, atMs);
  }
}

function parseColumnOf<T extends object>(
  { key, kind }: Field<T>,
  column: Checkpoint,
  rows: readonly T[],
  atMs: number,
): void {
  const cells = listOf(column, (cell) => cell ?? null);
  if (cells.length !== rows.length) throw new TypeError(`${cells.length} rows of ${key} instead of ${rows.length}`);
  for (let row = 0; row < rows.length; row++) {
    const cell = cells[row] ?? null;
    const target = rows[row];
    // A field's kind and its key come from one list, which the compiler has checked.
    if (cell !== null && target !== undefined) target[key] = parseValue(cell, key, kind, atMs) as T[typeof key];
  }
}

function renderValue(value: unknown, fresh: unknown, kind: Field<object>['kind'], atMs: number): number | null {
  if (Object.is(value, fresh)) return null;
  if (kind === 'flag') return value === true ? 1 : 0;
  if (typeof value !== 'number') throw new Error(`invariant: a checkpoint of ${String(value)}`);
  return kind === 'time' ? atMs - value : value;
}

function parseValue(cell: Checkpoint, key: string, kind: Field<object>['kind'], atMs: number): number | boolean {
  if (typeof cell !== 'number' || !Number.isFinite(cell)) {
    throw new TypeError(`${JSON.stringify(cell)} instead of a number for ${key}`);
  }
  if (kind === 'flag') return cell === 1;
  return kind === 'time' ? atMs - cell : cell;
}
