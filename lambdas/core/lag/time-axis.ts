/** Instants, and where columns hold their values. */
export interface Instants {
  /** By cell, epoch milliseconds. */
  readonly atMs: readonly number[];
  /** The cells in use, oldest instant first; absent: all of them, in the order of time. */
  readonly cells?: readonly number[];
}

/**
 * The instants for which a run holds values: the newest as they came, older ones ever sparser, so that a few dozen
 * cells reach back a day. Values lie in columns, one cell per instant, and share this one axis.
 *
 * Cells are reused: `cells` says which cell holds which instant. A column needs a value, or NaN, at every new cell.
 */
export interface TimeAxis extends Instants {
  readonly atMs: number[];
  readonly cells: number[];
}

export interface AxisShape {
  /** How many instants are held at most. */
  readonly capacity: number;
  /** The newest instants that are never thinned. */
  readonly recent: number;
  /** Instants older than this are given up first. */
  readonly horizonMs: number;
}

export const emptyAxis = (): TimeAxis => ({ atMs: [], cells: [] });

/** Adds an instant, newer than all others, and gives the cell to write its values to. */
export function takeCell(axis: TimeAxis, atMs: number, shape: AxisShape): number {
  const cell = axis.cells.length < shape.capacity ? axis.cells.length : freedCell(axis, atMs, shape);
  axis.atMs[cell] = atMs;
  axis.cells.push(cell);
  return cell;
}

/**
 * The instant that is missed least: one beyond the horizon, else the one whose neighbours lie closest together for
 * their age. Thinning by age keeps the error of an interpolation in proportion to the age that it finds.
 */
function freedCell({ cells, atMs }: TimeAxis, nowMs: number, { recent, horizonMs }: AxisShape): number {
  let leastAt = 0;
  if (nowMs - at(atMs, cells, 1) <= horizonMs) {
    let least = Number.POSITIVE_INFINITY;
    for (let index = 1; index < cells.length - recent; index++) {
      const before = at(atMs, cells, index - 1);
      const spread = (at(atMs, cells, index + 1) - before) / (nowMs - before);
      if (spread < least) {
        least = spread;
        leastAt = index;
      }
    }
  }
  const [freed = 0] = cells.splice(leastAt, 1);
  return freed;
}

const at = (atMs: readonly number[], cells: readonly number[], index: number): number => atMs[cells[index] ?? 0] ?? 0;

/** The cell of the newest instant that is at least `ageMs` old, or the oldest there is; -1 on an empty axis. */
export function cellAtAge({ cells, atMs }: TimeAxis, nowMs: number, ageMs: number): number {
  for (let index = cells.length - 1; index >= 0; index--) {
    const cell = cells[index] ?? 0;
    if (nowMs - (atMs[cell] ?? 0) >= ageMs) return cell;
  }
  return cells[0] ?? -1;
}
