import type { LogEndHistory } from '../../lag/time-lag.ts';
import { timeLagOf } from '../../lag/time-lag.ts';
import type { PartitionSample } from './release-sample.ts';

/** One partition, sample after sample, in columns; null: could not be read, unless it says otherwise. */
export interface Track {
  readonly topic: string;
  readonly partition: number;
  readonly logStart: (number | null)[];
  readonly logEnd: (number | null)[];
  /** Null: nothing committed, or not known. */
  readonly committed: (number | null)[];
  /** A member's place in the roster, or NOBODY. */
  readonly owner: (number | null)[];
  /** A lower bound where the position is older than the history. */
  readonly timeLagMs: (number | null)[];
  /** The log ends that are known, for reckoning how old an offset is. */
  readonly ends: { readonly atMs: number[]; readonly logEndOffset: number[] };
}

/** The owner of a partition that has none. */
export const NOBODY = -1;

/** How sentences name a partition: `orders-3`. */
export const trackName = ({ topic, partition }: Pick<Track, 'topic' | 'partition'>): string => `${topic}-${partition}`;

/** Tells partitions apart. A slash can't stand in a topic's name. */
export const trackKey = ({ topic, partition }: Pick<Track, 'topic' | 'partition'>): string => `${topic}/${partition}`;

/** A partition that was not seen in the first `samples` samples. */
export function newTrack({ topic, partition }: PartitionSample, samples: number): Track {
  const unknown = (): null[] => Array.from({ length: samples }, () => null);
  return {
    topic,
    partition,
    logStart: unknown(),
    logEnd: unknown(),
    committed: unknown(),
    owner: unknown(),
    timeLagMs: unknown(),
    ends: { atMs: [], logEndOffset: [] },
  };
}

/** Adds one sample; `seen` is undefined when the partition was not in it. */
export function extendTrack(track: Track, atMs: number, seen: PartitionSample | undefined, owner: number | null): void {
  const log = seen?.log ?? null;
  const committed = seen?.committed ?? null;
  if (log !== null) {
    // A topic that was deleted and made again shares no offsets with its past.
    if (log.logEndOffset < (track.ends.logEndOffset.at(-1) ?? 0)) forget(track);
    track.ends.atMs.push(atMs);
    track.ends.logEndOffset.push(log.logEndOffset);
  }
  track.logStart.push(log?.logStartOffset ?? null);
  track.logEnd.push(log?.logEndOffset ?? null);
  track.committed.push(committed);
  track.owner.push(owner);
  track.timeLagMs.push(log === null ? null : isResting(track) ? 0 : ageMs(track.ends, committed));
}

/** What a transaction leaves behind: so few that no message needs to be among them. */
const MARKERS = 2;

/** A marker or two are left, and nothing has come or gone since the sample before: nobody waits for anything. */
function isResting({ logEnd, committed }: Track): boolean {
  const end = logEnd.at(-1) ?? null;
  const position = committed.at(-1) ?? null;
  if (end === null || position === null || end - position > MARKERS) return false;
  return logEnd.at(-2) === end && committed.at(-2) === position;
}

function forget({ logStart, logEnd, committed, timeLagMs, ends }: Track): void {
  for (const column of [logStart, logEnd, committed, timeLagMs]) column.fill(null);
  ends.atMs.length = 0;
  ends.logEndOffset.length = 0;
}

/** How long ago, at the history's newest sample, the message at an offset was written: 0 if it was not yet. */
export function ageMs(ends: LogEndHistory, offset: number | null): number | null {
  const lag = timeLagOf(ends, offset);
  return lag.kind === 'unknown' ? null : lag.timeLagMs;
}
