import type { TimeLag } from '../status/verdict.ts';

/** A partition's log end offsets as they were sampled, oldest first: two columns of equal length. */
export interface LogEndHistory {
  /** When each sample was taken (epoch), ascending. */
  readonly atMs: readonly number[];
  readonly logEndOffset: readonly number[];
}

/**
 * Age, at the newest sample, of the oldest unread message: since the log end passed the committed offset, by linear
 * interpolation between the samples on either side.
 *
 * A message older than the history is at least as old as the history. Without a commit or a sample: unknown.
 *
 * @example timeLagOf({ atMs: [0, 60_000], logEndOffset: [100, 200] }, 150) // known: 30,000 ms
 */
export function timeLagOf({ atMs, logEndOffset }: LogEndHistory, committedOffset: number | null): TimeLag {
  const newest = atMs.length - 1;
  const nowMs = atMs[newest];
  const endOffset = logEndOffset[newest];
  if (committedOffset === null || nowMs === undefined || endOffset === undefined) return { kind: 'unknown' };
  if (committedOffset >= endOffset) return { kind: 'known', timeLagMs: 0 };
  // From the newest backwards: the answer is near the end for a consumer that keeps up, and a recreated topic's end
  // offsets from before its fall are never reached by mistake.
  let before = newest - 1;
  while (before >= 0 && (logEndOffset[before] ?? 0) > committedOffset) before -= 1;
  const [beforeMs, beforeOffset] = [atMs[before], logEndOffset[before]];
  const [afterMs, afterOffset] = [atMs[before + 1] ?? nowMs, logEndOffset[before + 1] ?? endOffset];
  if (beforeMs === undefined || beforeOffset === undefined) return { kind: 'atLeast', timeLagMs: nowMs - afterMs };
  const writtenRatio = (committedOffset - beforeOffset) / (afterOffset - beforeOffset);
  return { kind: 'known', timeLagMs: Math.round(nowMs - (beforeMs + writtenRatio * (afterMs - beforeMs))) };
}
