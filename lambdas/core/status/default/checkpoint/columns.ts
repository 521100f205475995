import { listOf } from '../../checkpoint-values.ts';
import type { Checkpoint } from '../../ruleset.ts';

/** A column in the order of time, each value less the known one before it; null where nothing is known. */
export function renderColumn(column: readonly number[], cells: readonly number[]): Checkpoint {
  let before = 0;
  return cells.map((cell) => {
    const value = column[cell] ?? Number.NaN;
    if (Number.isNaN(value)) return null;
    const difference = value - before;
    before = value;
    return difference;
  });
}

/** The same column with its cells numbered in the order of time. */
export function parseColumn(value: Checkpoint | undefined, length: number): number[] {
  let sum = 0;
  const column = listOf(value, (difference) => {
    if (difference === null) return Number.NaN;
    sum += finite(difference);
    return sum;
  });
  if (column.length !== length) throw new TypeError(`a column of ${column.length} instead of ${length}`);
  return column;
}

/** Every number as it is. */
export const parseNumbers = (value: Checkpoint | undefined): number[] => listOf(value, finite);

export function finite(value: Checkpoint | undefined): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`${JSON.stringify(value)} instead of a number`);
}
