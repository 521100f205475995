import type { Place, RowStore } from './row-store.ts';

/** A row of numbers, which lie somewhere among those of others. */
export class Row implements Place {
  readonly numbers: Float64Array;
  readonly smalls: Uint32Array;
  readonly numbersAt: number;
  readonly smallsAt: number;
  /** By strip, the numbers of those that need eight bytes each; null: none does. */
  wide: Float64Array[] | null;

  constructor(rows: RowStore) {
    const { numbers, smalls, numbersAt, smallsAt } = rows.take();
    this.numbers = numbers;
    this.smalls = smalls;
    this.numbersAt = numbersAt;
    this.smallsAt = smallsAt;
    this.wide = null;
  }
}
