import { type CellGroup, type Cells, cellsOf } from './cells.ts';
import { EMPTY_LAYOUT, type Layout } from './layout.ts';

/** The offsets of one bucket in one sample, cell by cell as its layout says. */
export interface Columns {
  readonly logStart: Float64Array;
  readonly logEnd: Float64Array;
  /** Messages per hour by which the log end is expected to grow. */
  readonly logEndPerHour: Float64Array;
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
  readonly columns: Columns;
}

export const EMPTY_FRAME: Frame = { atMs: 0, layout: EMPTY_LAYOUT, columns: emptyColumns(cellsOf([], [])) };

export function emptyColumns({ logs, commits, shares, hasStable, hasNewest }: Cells): Columns {
  const column = ({ codes }: CellGroup, wanted = true) => new Float64Array(wanted ? codes.length : 0);
  return {
    logStart: column(logs),
    logEnd: column(logs),
    logEndPerHour: column(logs),
    stable: column(logs, hasStable),
    newest: column(logs, hasNewest),
    committed: column(commits),
    shareStart: column(shares),
    shareLag: column(shares),
  };
}

/**
 * A frame's columns in the order of another layout: what both have keeps its value, what only the other has is 0.
 * The same columns when the layouts are the same.
 */
export function alignedColumns({ layout, columns }: Frame, to: Layout): Columns {
  if (layout === to) return columns;
  const aligned = emptyColumns(to.cells);
  const { logs, commits, shares } = layout.cells;
  for (const name of ['logStart', 'logEnd', 'logEndPerHour', 'stable', 'newest'] as const) {
    copyRuns(columns[name], logs, aligned[name], to.cells.logs);
  }
  copyRuns(columns.committed, commits, aligned.committed, to.cells.commits);
  for (const name of ['shareStart', 'shareLag'] as const)
    copyRuns(columns[name], shares, aligned[name], to.cells.shares);
  return aligned;
}

function copyRuns(from: Float64Array, fromCells: CellGroup, to: Float64Array, toCells: CellGroup): void {
  if (from.length === 0 || to.length === 0) return;
  for (const [key, { at, length }] of toCells.runs) {
    const known = fromCells.runs.get(key);
    if (known === undefined) continue;
    to.set(from.subarray(known.at, known.at + Math.min(length, known.length)), at);
  }
}
