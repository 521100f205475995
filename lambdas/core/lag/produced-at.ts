import type { TimeAxis } from './time-axis.ts';

/**
 * When the message at an offset was written, interpolated between the readings of the end offset around it.
 *
 * Older than every reading: the instant of the oldest one, an upper bound (see `isBeforeHistory`). NaN: not written yet.
 *
 * The n messages of an interval are taken as spread evenly with a gap at both ends, so that a lone one stands in the
 * middle, not at the beginning.
 */
export function producedAtMs({ cells, atMs }: TimeAxis, ends: readonly number[], offset: number): number {
  let newerAtMs = Number.NaN;
  let newerEnd = Number.NaN;
  for (let index = cells.length - 1; index >= 0; index--) {
    const cell = cells[index] ?? 0;
    const end = ends[cell] ?? Number.NaN;
    if (Number.isNaN(end)) continue;
    const readAtMs = atMs[cell] ?? Number.NaN;
    if (end <= offset) {
      if (Number.isNaN(newerEnd)) return Number.NaN;
      return readAtMs + ((newerAtMs - readAtMs) * (offset - end + 1)) / (newerEnd - end + 1);
    }
    newerAtMs = readAtMs;
    newerEnd = end;
  }
  return newerAtMs;
}

/** True if the offset was written before the oldest reading held: then its age is known from below only. */
export function isBeforeHistory({ cells }: TimeAxis, ends: readonly number[], offset: number): boolean {
  for (const cell of cells) {
    const end = ends[cell] ?? Number.NaN;
    if (!Number.isNaN(end)) return end > offset;
  }
  return true;
}
