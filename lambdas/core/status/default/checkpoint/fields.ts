import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';

/** Which number, flag or time of a memory goes into a checkpoint. Times are written as ages, which are short. */
export interface Field<T> {
  readonly key: keyof T & string;
  readonly kind: 'number' | 'flag' | 'time';
}

type KeyOf<T, V> = { [K in keyof T & string]-?: T[K] extends V ? K : never }[keyof T & string];

export const numbers = <T>(...keys: KeyOf<T, number>[]): Field<T>[] => keys.map((key) => ({ key, kind: 'number' }));
export const times = <T>(...keys: KeyOf<T, number>[]): Field<T>[] => keys.map((key) => ({ key, kind: 'time' }));
export const flags = <T>(...keys: KeyOf<T, boolean>[]): Field<T>[] => keys.map((key) => ({ key, kind: 'flag' }));

/** Which fields, and the first part of their columns' names. */
export interface FieldSet<T> {
  readonly of: string;
  readonly fields: readonly Field<T>[];
}

/** Writes one row after the other, each field into a column of its own. */
export function fieldWriter<T extends object>(
  columns: ColumnWriter,
  { of, fields }: FieldSet<T>,
  atMs: number,
): (row: T) => void {
  const targets = fields.map(({ key, kind }) => ({ key, kind, column: columns.column(`${of}.${key}`) }));
  return (row) => {
    for (const { key, kind, column } of targets) {
      // A field's kind and its key come from one list, which the compiler has checked.
      const value = row[key] as number | boolean;
      column.put(kind === 'time' ? atMs - Number(value) : Number(value));
    }
  };
}

/** The opposite, into rows that are there already. */
export function fieldReader<T extends object>(
  columns: ColumnReader,
  { of, fields }: FieldSet<T>,
  atMs: number,
): (row: T) => void {
  const sources = fields.map(({ key, kind }) => ({ key, kind, column: columns.column(`${of}.${key}`) }));
  return (row) => {
    for (const { key, kind, column } of sources) {
      const number = column.take();
      const value = kind === 'time' ? atMs - number : kind === 'flag' ? number === 1 : number;
      row[key] = value as T[typeof key];
    }
  };
}
