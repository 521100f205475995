/** What of one partition may be committed while workers finish its messages in any order. */
export interface InOrderOffsets {
  /** A worker has begun. Offsets are taken in ascending order. */
  take(offset: number): void;
  /** A worker is done. */
  finish(offset: number): void;
  /** The offset up to which everything taken is done: the next one to be read. Null before that says anything. */
  committable(): number | null;
}

/**
 * A commit says "everything before this is done", so it must wait for the slowest: a message that overtook an
 * unfinished one is not told yet, and after a crash it is handled again.
 *
 * @example take 7, 8, 9; finish 7, 9 → committable 8; finish 8 → committable 10
 */
export function inOrderOffsets(): InOrderOffsets {
  const unfinished = new Set<number>();
  let next: number | null = null;
  return {
    take: (offset) => {
      unfinished.add(offset);
      next = offset + 1;
    },
    finish: (offset) => void unfinished.delete(offset),
    // A set keeps the order in which offsets were taken: the first one left is the lowest.
    committable: () => unfinished.values().next().value ?? next,
  };
}
