import type { Row } from './row.ts';

/**
 * A few numbers of one row that lie near one another, as the offsets of one log do, or the times of one day: four bytes
 * each, as distances from a base that they share. Exact all the same: numbers that lie too far apart for that, or are no
 * whole ones, take eight bytes each in the row where that is so.
 */
export interface Strip {
  /** NaN where nothing was put. */
  get(row: Row, index: number): number;
  /** @param used how many, from the first on, still matter: what is behind them may be anything afterwards */
  put(row: Row, index: number, value: number, used?: number): void;
  /** Takes one out of so many that are used; those behind it move up. */
  remove(row: Row, index: number, used: number): void;
  /** The same index of many rows. */
  getColumn(rows: readonly Row[], index: number, into: Float64Array): void;
  putColumn(rows: readonly Row[], index: number, values: Float64Array): void;
  /** So many of these values, from a place on, into a row in which nothing was put so far: the first of them goes last. */
  fillBack(row: Row, values: Float64Array, from: number, count: number): void;
}

/** Where a strip lies: which of a row's strips it is, its base among the numbers, and its cells among the small ones. */
export interface StripPlace {
  readonly ordinal: number;
  readonly baseAt: number;
  readonly cellsAt: number;
  readonly length: number;
}

/** A cell without a number. */
export const HOLE = 0xffff_ffff;

/** As far as others may lie from a number that has as much room below as above. */
const ROOM = (HOLE - 1) / 2;

export function stripAt({ ordinal, baseAt, cellsAt, length }: StripPlace): Strip {
  function get(row: Row, index: number): number {
    if (row.wide !== null) {
      const wide = row.wide[ordinal];
      if (wide !== undefined) return wide[index] ?? Number.NaN;
    }
    const distance = row.smalls[row.smallsAt + cellsAt + index] ?? HOLE;
    return distance === HOLE ? Number.NaN : (row.numbers[row.numbersAt + baseAt] ?? Number.NaN) + distance;
  }

  function put(row: Row, index: number, value: number, used = length): void {
    const wide = row.wide?.[ordinal];
    const base = row.numbers[row.numbersAt + baseAt] ?? Number.NaN;
    const distance = value - base;
    // A difference of fractions may be a whole number that does not lead back.
    const fits = distance >>> 0 === distance && distance !== HOLE && base + distance === value;
    if (wide !== undefined) wide[index] = value;
    else if (fits) row.smalls[row.smallsAt + cellsAt + index] = distance;
    else if (Number.isNaN(value)) row.smalls[row.smallsAt + cellsAt + index] = HOLE;
    else putFar(row, index, value, used);
  }

  /** The first of all, or one for which the base does not do: another base may, with as much room below as above. */
  function putFar(row: Row, index: number, value: number, used: number): void {
    const isFirst = Number.isNaN(row.numbers[row.numbersAt + baseAt] ?? Number.NaN);
    const kept = isFirst ? 0 : used;
    let least = value;
    let most = value;
    for (let at = 0; at < kept; at++) {
      const one = at === index ? Number.NaN : get(row, at);
      if (Number.isNaN(one)) continue;
      least = Math.min(least, one);
      most = Math.max(most, one);
    }
    const base = least - Math.floor(ROOM - (most - least) / 2);
    const fit = most - least < HOLE && Number.isSafeInteger(value) && Number.isSafeInteger(base);
    if (fit) rebase(row, base, kept);
    else widen(row, used);
    put(row, index, value, 0);
  }

  function rebase(row: Row, base: number, used: number): void {
    const baseBefore = row.numbers[row.numbersAt + baseAt] ?? Number.NaN;
    row.numbers[row.numbersAt + baseAt] = base;
    for (let at = row.smallsAt + cellsAt; at < row.smallsAt + cellsAt + used; at++) {
      const distance = row.smalls[at] ?? HOLE;
      if (distance !== HOLE) row.smalls[at] = distance + (baseBefore - base);
    }
  }

  function widen(row: Row, used: number): void {
    const wide = Float64Array.from({ length }, (_, at) => (at < used ? get(row, at) : Number.NaN));
    row.wide ??= [];
    row.wide[ordinal] = wide;
  }

  function remove(row: Row, index: number, used: number): void {
    const wide = row.wide?.[ordinal];
    const [cells, from] = wide === undefined ? [row.smalls, row.smallsAt + cellsAt] : [wide, 0];
    for (let at = from + index; at < from + used - 1; at++) cells[at] = cells[at + 1] ?? 0;
  }

  function getColumn(rows: readonly Row[], index: number, into: Float64Array): void {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      if (row !== undefined) into[at] = get(row, index);
    }
  }

  function putColumn(rows: readonly Row[], index: number, values: Float64Array): void {
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      if (row !== undefined) put(row, index, values[at] ?? Number.NaN);
    }
  }

  function fillBack(row: Row, values: Float64Array, from: number, count: number): void {
    const { smalls } = row;
    const wanted = (values[from] ?? Number.NaN) - ROOM;
    const base = Number.isSafeInteger(wanted) ? wanted : Number.NaN;
    row.numbers[row.numbersAt + baseAt] = base;
    const last = row.smallsAt + cellsAt + count - 1;
    let index = 0;
    for (; index < count; index++) {
      const value = values[from + index] ?? Number.NaN;
      const distance = value - base;
      if (distance >>> 0 !== distance || distance === HOLE || base + distance !== value) break;
      smalls[last - index] = distance;
    }
    // From the first one on for which this base does not do, it may be another, or none.
    for (; index < count; index++) put(row, count - 1 - index, values[from + index] ?? Number.NaN);
  }

  return { get, put, remove, getColumn, putColumn, fillBack };
}
