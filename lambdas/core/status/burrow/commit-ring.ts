import type { BurrowSettings } from './settings.ts';

/** One commit as Burrow keeps it. */
export interface Commit {
  readonly offset: number;
  /** The commit's own place among all commits, ascending. Burrow: its offset in the offsets topic. */
  readonly order: number;
  /** When it was committed (epoch). */
  readonly atMs: number;
  /** Frozen at arrival, against the log end as known then; null for a commit that arrived out of order. */
  readonly lagMessages: number | null;
}

/** The last commits of one partition, oldest first, blank slots left out. Values are replaced, never changed. */
export type CommitRing = readonly Commit[];

export type ArrivingCommit = Omit<Commit, 'lagMessages'>;

/** The ring after a commit arrived, and whether it is the newest now; the same ring when the commit is dropped. */
export function withCommit(
  ring: CommitRing,
  arriving: ArrivingCommit,
  logEndOffset: number,
  settings: BurrowSettings,
): { readonly ring: CommitRing; readonly appended: boolean } {
  const newest = ring.at(-1);
  if (newest === undefined || newest.order < arriving.order) {
    // A commit past the end is two readings racing: no lag.
    const commit = { ...arriving, lagMessages: Math.max(0, logEndOffset - arriving.offset) };
    return { ring: placed(ring, ring.length, commit, settings), appended: true };
  }
  const full = ring.length >= settings.intervals;
  const tooOld = full && (ring[0]?.order ?? 0) >= arriving.order;
  if (tooOld || ring.some(({ order }) => order === arriving.order)) return { ring, appended: false };
  const place = ring.findIndex(({ order }) => order > arriving.order);
  return { ring: placed(ring, place, { ...arriving, lagMessages: null }, settings), appended: false };
}

/** With the commit before `place`; the oldest falls off a full ring. */
function placed(ring: CommitRing, place: number, commit: Commit, settings: BurrowSettings): CommitRing {
  const previous = ring[place - 1];
  if (previous !== undefined && commit.atMs - previous.atMs < settings.minDistanceMs) {
    // The old time stays: otherwise a client that commits often would never fill a second slot.
    return ring.with(place - 1, { ...commit, atMs: previous.atMs });
  }
  const full = ring.length >= settings.intervals;
  return [...ring.slice(full ? 1 : 0, place), commit, ...ring.slice(place)];
}
