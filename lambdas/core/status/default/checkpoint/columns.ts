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

/** The opposite, into a column whose cells are numbered in the order of time. */
export function parseColumn(value: Checkpoint | undefined, column: number[], cells: number): void {
  const differences = listOf(value, (difference) => (difference === null ? null : finite(difference)));
  if (differences.length !== cells) throw new TypeError(`a column of ${differences.length} instead of ${cells}`);
  let sum = 0;
  for (const [cell, difference] of differences.entries()) {
    if (difference !== null) sum += difference;
    column[cell] = difference === null ? Number.NaN : sum;
  }
}

/** Every number as it is. */
export const parseNumbers = (value: Checkpoint | undefined): number[] => listOf(value, finite);

export function finite(value: Checkpoint | undefined): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`${JSON.stringify(value)} instead of a number`);
}

/** An id's place in a list, and back; null stays null. */
export const indexIn = (ids: readonly string[], id: string | null): number | null =>
  id === null ? null : ids.indexOf(id);

export function idAt(ids: readonly string[], index: Checkpoint | undefined): string | null {
  if (index === null) return null;
  const id = ids[finite(index)];
  if (id === undefined) throw new TypeError(`no member ${JSON.stringify(index)}`);
  return id;
}
