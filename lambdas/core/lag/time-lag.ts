import type { TimeLag } from '../status/verdict.ts';
import type { Instants } from './time-axis.ts';

/** A log's end offsets by cell, as a list has them. */
export interface Ends {
  at(cell: number): number | undefined;
}

/** A partition's log end offsets as they were sampled, oldest first: two columns of equal length. */
export interface LogEndHistory {
  /** When each sample was taken (epoch), ascending. */
  readonly atMs: readonly number[];
  readonly logEndOffset: readonly number[];
}

/**
 * Age, at the newest sample, of the oldest unread message.
 *
 * A message older than the history is at least as old as the history. Without a commit or a sample: unknown.
 *
 * @example timeLagOf({ atMs: [0, 60_000], logEndOffset: [100, 299] }, 199) // half of 199 are read: known, 30,000 ms
 */
export function timeLagOf({ atMs, logEndOffset }: LogEndHistory, committedOffset: number | null): TimeLag {
  const nowMs = atMs.at(-1);
  const endOffset = logEndOffset.at(-1);
  if (committedOffset === null || nowMs === undefined || endOffset === undefined) return { kind: 'unknown' };
  if (committedOffset >= endOffset) return { kind: 'known', timeLagMs: 0 };
  const timeLagMs = Math.round(nowMs - producedAtMs({ atMs }, logEndOffset, committedOffset));
  return { kind: isBeforeHistory({ atMs }, logEndOffset, committedOffset) ? 'atLeast' : 'known', timeLagMs };
}

/**
 * When the message at an offset was written: interpolated between the readings of the end offset around it.
 *
 * Older than every reading: the instant of the oldest one, an upper bound (see `isBeforeHistory`). NaN: not written yet.
 * A reading that is NaN is a hole.
 *
 * The n messages of an interval are taken as spread evenly with a gap at both ends, so that a lone one stands in the
 * middle, not at the beginning. From the newest reading backwards: the answer is near the end for a consumer that keeps
 * up, and the ends of a topic that was made anew are never looked for in the old log.
 */
export function producedAtMs({ cells, atMs }: Instants, ends: Ends, offset: number): number {
  let newerAtMs = Number.NaN;
  let newerEnd = Number.NaN;
  for (let index = (cells ?? atMs).length - 1; index >= 0; index--) {
    const cell = cells === undefined ? index : (cells[index] ?? 0);
    const end = ends.at(cell) ?? Number.NaN;
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

/** True if an offset was written before every reading of its log: then its age is known from below only. */
export function isBeforeHistory({ cells, atMs }: Instants, ends: Ends, offset: number): boolean {
  for (let index = (cells ?? atMs).length - 1; index >= 0; index--) {
    if ((ends.at(cells === undefined ? index : (cells[index] ?? 0)) ?? Number.NaN) <= offset) return false;
  }
  return true;
}
