import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { blockOfNumbers } from './blocks.ts';

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

/** Writes blocks of memories, each field into a column of its own. */
export function fieldsWriter<T extends object>(
  columns: ColumnWriter,
  { of, fields }: FieldSet<T>,
  atMs: number,
): (block: readonly T[]) => void {
  const [values, zeroes] = [blockOfNumbers(), blockOfNumbers()];
  const targets = fields.map(({ key, kind }) => ({ key, kind, column: columns.column(`${of}.${key}`) }));
  return (block) => {
    for (const { key, kind, column } of targets) {
      let index = 0;
      for (const memory of block) {
        // A field's kind and its key come from one list, which the compiler has checked.
        const value = memory[key] as number | boolean;
        values[index++] = kind === 'time' ? atMs - Number(value) : Number(value);
      }
      column.putAll(values, zeroes, block.length);
    }
  };
}

/** The opposite, into memories that are there already. */
export function fieldsReader<T extends object>(
  columns: ColumnReader,
  { of, fields }: FieldSet<T>,
  atMs: number,
): (block: readonly T[]) => void {
  const values = blockOfNumbers();
  const sources = fields.map(({ key, kind }) => ({ key, kind, column: columns.column(`${of}.${key}`) }));
  return (block) => {
    for (const { key, kind, column } of sources) {
      values.fill(0);
      column.takeAll(values, block.length);
      let index = 0;
      for (const memory of block) {
        const number = values[index++] ?? 0;
        const value = kind === 'time' ? atMs - number : kind === 'flag' ? number === 1 : number;
        memory[key] = value as T[typeof key];
      }
    }
  };
}
