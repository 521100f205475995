import type { Absence } from './absence.ts';
import { type EachRun, eachCommit, eachLog, eachShare, runFinder, runsOf } from './cells.ts';
import { EMPTY_LAYOUT, type Layout } from './layout.ts';

/** The offsets of one bucket in one sample, cell by cell as its layout says. */
export interface Columns {
  readonly logStart: Float64Array;
  readonly logEnd: Float64Array;
  /** The log end a while ago (the frame's `spanMs`): how fast it grows. 0: not known. */
  readonly logEndBefore: Float64Array;
  /** Empty when no partition has one; so is `newest`. */
  readonly stable: Float64Array;
  readonly newest: Float64Array;
  readonly committed: Float64Array;
  readonly shareStart: Float64Array;
  readonly shareLag: Float64Array;
}

/** One bucket of one sample, unpacked as far as others need it that are coded against it. */
export interface Frame {
  readonly atMs: number;
  readonly layout: Layout;
  readonly absent: Absence;
  readonly columns: Columns;
  /** How long it took the log ends to grow from `logEndBefore` to `logEnd`; not above 0 where that can't be told. */
  readonly spanMs: number;
}

const NO_CELLS = new Float64Array(0);

export const EMPTY_FRAME: Frame = {
  atMs: 0,
  layout: EMPTY_LAYOUT,
  absent: { topics: new Set(), groups: new Set() },
  columns: {
    logStart: NO_CELLS,
    logEnd: NO_CELLS,
    logEndBefore: NO_CELLS,
    stable: NO_CELLS,
    newest: NO_CELLS,
    committed: NO_CELLS,
    shareStart: NO_CELLS,
    shareLag: NO_CELLS,
  },
  spanMs: 0,
};

/**
 * A frame's columns in the order of other cells: what both have keeps its value, what only the others have is 0.
 * The same columns when the cells are the same.
 */
export function alignedColumns({ layout: from, columns }: Frame, to: Layout): Columns {
  if (from.cells === to.cells) return columns;
  const logs = aligner(eachLog, from, to, to.cells.logs.length);
  const commits = aligner(eachCommit, from, to, to.cells.commits.length);
  const shares = aligner(eachShare, from, to, to.cells.shares.length);
  return {
    logStart: logs(columns.logStart),
    logEnd: logs(columns.logEnd),
    logEndBefore: logs(columns.logEndBefore),
    stable: to.cells.hasStable ? logs(columns.stable) : NO_CELLS,
    newest: to.cells.hasNewest ? logs(columns.newest) : NO_CELLS,
    committed: commits(columns.committed),
    shareStart: shares(columns.shareStart),
    shareLag: shares(columns.shareLag),
  };
}

function aligner(each: EachRun, from: Layout, to: Layout, cells: number): (column: Float64Array) => Float64Array {
  const known = runsOf(each, from);
  if (known.length === 0) return () => new Float64Array(cells);
  const find = runFinder(known);
  const pieces = runsOf(each, to).flatMap(({ group, topic, at, length }) => {
    const run = find(group, topic);
    return run === undefined ? [] : [{ at, from: run.at, until: run.at + Math.min(length, run.length) }];
  });
  return (column) => {
    const aligned = new Float64Array(cells);
    for (const piece of pieces) aligned.set(column.subarray(piece.from, piece.until), piece.at);
    return aligned;
  };
}
