/**
 * A column of numbers, one of each row. A number or a time (epoch; NaN: not known) takes eight bytes; a count (a whole
 * number below 2^32) and a flag take four.
 */
export interface Column<Kind extends ColumnKind = ColumnKind> {
  readonly kind: Kind;
  /** What a new row holds. */
  readonly first: number;
}

export type ColumnKind = 'number' | 'time' | 'count' | 'flag';

/** By name, in the order in which they lie. */
export type Columns = Readonly<Record<string, Column>>;

/** A row's values as code sees them. */
export type ValuesOf<C extends Columns> = {
  -readonly [Name in keyof C]: C[Name] extends Column<'flag'> ? boolean : number;
};

export const number = (first = Number.NaN): Column<'number'> => ({ kind: 'number', first });
export const time = (): Column<'time'> => ({ kind: 'time', first: Number.NaN });
export const count = (): Column<'count'> => ({ kind: 'count', first: 0 });
export const flag = (): Column<'flag'> => ({ kind: 'flag', first: 0 });

/** It takes four bytes. */
export const isSmall = ({ kind }: Column): boolean => kind === 'count' || kind === 'flag';
