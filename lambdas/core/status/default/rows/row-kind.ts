import { type Column, type Columns, isSmall, type ValuesOf } from './columns.ts';
import { Row } from './row.ts';
import { type RowStore, rowStore } from './row-store.ts';
import { HOLE, type Strip, stripAt } from './strip.ts';

/** Rows that are alike. What they hold is declared once: the rules go by it, and so do checkpoints. */
export interface RowKind<C extends Columns, StripName extends string> {
  /** To be extended by what is no number. */
  readonly Row: new (
    rows: RowStore,
  ) => Row & ValuesOf<C>;
  readonly newStore: () => RowStore;
  readonly strips: Readonly<Record<StripName, Strip>>;
  /** For what goes through many rows column by column. */
  readonly cells: Readonly<Record<keyof C & string, Cell>>;
}

/** Where in each row a column's number lies: among the numbers, or the small ones. */
export interface Cell {
  readonly column: Column;
  readonly at: number;
}

/** @param lengths how many numbers each strip has at most */
export function rowKind<C extends Columns, StripName extends string>(
  columns: C,
  lengths: Readonly<Record<StripName, number>>,
): RowKind<C, StripName> {
  const all = Object.entries<Column>(columns);
  const large = all.filter(([, column]) => !isSmall(column));
  const small = all.filter(([, column]) => isSmall(column));
  const strips = new Map<string, Strip>();
  let cellsAt = small.length;
  for (const [name, length] of Object.entries<number>(lengths)) {
    const ordinal = strips.size;
    strips.set(name, stripAt({ ordinal, baseAt: large.length + ordinal, cellsAt, length }));
    cellsAt += length;
  }
  const shape = {
    numbers: [...large.map(([, { first }]) => first), ...Array.from(strips, () => Number.NaN)],
    smalls: [...small.map(([, { first }]) => first), ...new Array<number>(cellsAt - small.length).fill(HOLE)],
  };
  return {
    Row: rowClass(large, small),
    newStore: () => rowStore(shape),
    strips: Object.fromEntries(strips) as Record<StripName, Strip>,
    cells: Object.fromEntries([...placed(large), ...placed(small)]) as Record<keyof C & string, Cell>,
  };
}

type NamedColumns = readonly (readonly [name: string, column: Column])[];

const placed = (columns: NamedColumns): [name: string, cell: Cell][] =>
  columns.map(([name, column], at) => [name, { column, at }]);

function rowClass<C extends Columns>(
  large: NamedColumns,
  small: NamedColumns,
): new (
  rows: RowStore,
) => Row & ValuesOf<C> {
  class ColumnsRow extends Row {}
  for (const [at, [name]] of large.entries()) Object.defineProperty(ColumnsRow.prototype, name, numberAt(at));
  for (const [at, [name, { kind }]] of small.entries()) {
    Object.defineProperty(ColumnsRow.prototype, name, kind === 'flag' ? flagAt(at) : countAt(at));
  }
  // It has accessors for just these names now, which the compiler can't know.
  return ColumnsRow as unknown as new (
    rows: RowStore,
  ) => Row & ValuesOf<C>;
}

const numberAt = (at: number): PropertyDescriptor => ({
  get(this: Row) {
    return this.numbers[this.numbersAt + at];
  },
  set(this: Row, value: number) {
    this.numbers[this.numbersAt + at] = value;
  },
});

const countAt = (at: number): PropertyDescriptor => ({
  get(this: Row) {
    return this.smalls[this.smallsAt + at];
  },
  set(this: Row, value: number) {
    this.smalls[this.smallsAt + at] = value;
  },
});

const flagAt = (at: number): PropertyDescriptor => ({
  get(this: Row) {
    return this.smalls[this.smallsAt + at] === 1;
  },
  set(this: Row, value: boolean) {
    this.smalls[this.smallsAt + at] = value ? 1 : 0;
  },
});
