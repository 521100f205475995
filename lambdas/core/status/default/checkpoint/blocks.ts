/** As many rows as a processor holds at hand while column after column of them is read. */
const BLOCK_ROWS = 256;

/** The rows in their order, a block at a time. */
export function* blocksOf<Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) yield rows.slice(from, from + BLOCK_ROWS);
}
