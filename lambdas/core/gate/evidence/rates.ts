import type { History } from './history.ts';
import { sumOf } from './history.ts';
import type { Track } from './track.ts';

/** Places of the samples from `from` on and before `until`. */
export interface Range {
  readonly from: number;
  readonly until: number;
}

/** The latest sample that is at least `spanMs` before sample `index` and not before `from`; null: there is none. */
export function windowStart(atMs: readonly number[], index: number, spanMs: number, from: number): number | null {
  for (let start = index - 1; start >= from; start--) {
    if (spanOf(atMs, start, index) >= spanMs) return start;
  }
  return null;
}

/** Milliseconds between two samples. */
export const spanOf = (atMs: readonly number[], from: number, to: number): number =>
  (atMs[to] ?? 0) - (atMs[from] ?? 0);

/** Messages committed between two samples. Null: not known, or the position went back. */
export function consumedBetween({ committed }: Track, from: number, to: number): number | null {
  const before = committed[from] ?? null;
  const after = committed[to] ?? null;
  if (before === null) return 0;
  return after === null || after < before ? null : after - before;
}

/** Messages written between two samples; null if either end is not known. */
export function producedBetween({ logEnd }: Track, from: number, to: number): number | null {
  const before = logEnd[from] ?? null;
  const after = logEnd[to] ?? null;
  return before === null || after === null ? null : after - before;
}

/** What these partitions consumed together, in messages a second; null if it is not known of all. */
export function consumedPerS(
  tracks: readonly Track[],
  atMs: readonly number[],
  from: number,
  to: number,
): number | null {
  const consumed = sumOf(tracks.map((track) => consumedBetween(track, from, to)));
  return consumed === null ? null : (consumed * 1_000) / spanOf(atMs, from, to);
}

/** The best rate that these partitions together kept up for `spanMs`; null if none could be measured. */
export function peakPerS(
  tracks: readonly Track[],
  { atMs }: History,
  { from, until }: Range,
  spanMs: number,
): number | null {
  let peak: number | null = null;
  for (let index = from; index < until; index++) {
    const start = windowStart(atMs, index, spanMs, from);
    const rate = start === null ? null : consumedPerS(tracks, atMs, start, index);
    if (rate !== null) peak = Math.max(peak ?? 0, rate);
  }
  return peak;
}
