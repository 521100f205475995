/** As many rows as a processor holds at hand while column after column of them is read. */
export const BLOCK_ROWS = 256;

/** Takes rows one after the other, and writes or reads them a block at a time. */
export interface Blocks<Row, Told> {
  /** @param told what the last snapshot says of the row */
  add(row: Row, told: Told): void;
  /** After the last row. */
  end(): void;
}

/** @param code writes or reads a block. The lists are the next block's as well: nothing may hold on to them. */
export function inBlocks<Row, Told>(code: (rows: readonly Row[], told: readonly Told[]) => void): Blocks<Row, Told> {
  const rows: Row[] = [];
  const tolds: Told[] = [];
  let count = 0;
  return {
    add(row, told) {
      rows[count] = row;
      tolds[count] = told;
      count += 1;
      if (count < BLOCK_ROWS) return;
      code(rows, tolds);
      count = 0;
    },
    end() {
      rows.length = count;
      tolds.length = count;
      if (count > 0) code(rows, tolds);
    },
  };
}

/** Room for one number of each row of a block. Made once for all blocks: thousands of arrays would be dear. */
export const blockOfNumbers = (): Float64Array => new Float64Array(BLOCK_ROWS);
