/** As many rows as a processor holds at hand while column after column of them is read. */
export const BLOCK_ROWS = 256;

/** Rows that follow each other, and the place of the first among all. */
export interface Block<Row> {
  readonly rows: readonly Row[];
  readonly from: number;
}

/** The rows in their order, a block at a time. */
export function* blocksOf<Row>(rows: readonly Row[]): Generator<Block<Row>> {
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) yield { rows: rows.slice(from, from + BLOCK_ROWS), from };
}

/** Room for one number of each row of a block. Made once for all blocks: thousands of arrays would be dear. */
export const blockOfNumbers = (): Float64Array => new Float64Array(BLOCK_ROWS);
