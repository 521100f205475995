import { count, number, time } from './rows/columns.ts';
import { rowKind } from './rows/row-kind.ts';
import type { RowStore } from './rows/row-store.ts';

/**
 * How many instants a run holds, 32 at most (groups have a bit for each), and how many of the newest it never thins. Both
 * reach into the size of a checkpoint.
 */
export const AXIS = { capacity: 32, recent: 11 } as const;

const LOG = rowKind(
  {
    /** The last offsets that were read, and when. */
    endOffset: number(),
    startOffset: number(),
    readAtMs: time(),
    endMovedAtMs: time(),
    /** Samples in a row in which the end moved, up to its last move; and those without one since. */
    busySamples: count(),
    quietSamples: count(),
    /** Counts recreations: who remembers another number remembers another log. */
    generation: count(),
    /** Where the log start was at some time in the last day: how fast retention deletes. */
    startThenOffset: number(),
    startThenAtMs: time(),
  },
  { ends: AXIS.capacity },
);

export const { newStore: newLogRows, strips: LOG_STRIPS, cells: LOG_CELLS } = LOG;

/** One partition's log, whoever reads it. */
export class LogMemory extends LOG.Row {
  /** The end offset at a cell of the axis; NaN where it was not read. */
  at(cell: number): number {
    return LOG.strips.ends.get(this, cell);
  }

  putEnd(cell: number, endOffset: number): void {
    LOG.strips.ends.put(this, cell, endOffset);
  }

  /** The log is another one under the old name. */
  beginAnew(rows: RowStore): void {
    const { generation } = this;
    rows.clear(this);
    this.wide = null;
    this.generation = generation + 1;
  }
}
