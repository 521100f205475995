import type { GroupState, Member } from '../../cluster/group.ts';
import type { Release } from '../../release/release.ts';
import type { PartitionSample, ReleaseSample } from './release-sample.ts';
import { isSelected } from './release-sample.ts';
import type { Track } from './track.ts';
import { extendTrack, NOBODY, newTrack, trackKey } from './track.ts';

/**
 * Everything that was seen of a release and of its group's past, in columns: place i of each belongs to sample i.
 * Plain data, so that it is its own checkpoint.
 */
export interface History {
  readonly atMs: number[];
  readonly state: GroupState[];
  /** Places in `roster`; null: not known. */
  readonly members: (readonly number[] | null)[];
  /** Dead letters ever written, over all dead-letter topics; null: not known. */
  readonly deadLetters: (number | null)[];
  /** Dead-letter topics seen so far. One that was never seen holds nothing; one that is missing is not known. */
  readonly deadLetterTopics: string[];
  readonly strayGroup: (string | null)[];
  /** Everybody who was ever a member. */
  readonly roster: RosterEntry[];
  readonly tracks: Track[];
}

/** One member id. A restart makes a new one. */
export interface RosterEntry {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  readonly instanceId: string | null;
  /** Picked by the release's selector. */
  readonly isSelected: boolean;
}

export const emptyHistory = (): History => ({
  atMs: [],
  state: [],
  members: [],
  deadLetters: [],
  deadLetterTopics: [],
  strayGroup: [],
  roster: [],
  tracks: [],
});

/** Adds one sample, newer than the last. Changes the history in place: it is the largest thing a judgement has. */
export function record(history: History, release: Release, sample: ReleaseSample): void {
  const samples = history.atMs.length;
  const seats = sample.members?.map((member) => seatOf(history, release, member)) ?? null;
  history.atMs.push(sample.atMs);
  history.state.push(sample.state);
  history.members.push(seats);
  history.deadLetters.push(deadLettersOf(history, sample));
  history.strayGroup.push(sample.strayGroup);
  const seen = new Map(sample.partitions.map((partition) => [trackKey(partition), partition]));
  const known = new Set(history.tracks.map(trackKey));
  for (const [key, partition] of seen) if (!known.has(key)) history.tracks.push(newTrack(partition, samples));
  for (const track of history.tracks) {
    const partition = seen.get(trackKey(track));
    extendTrack(track, sample.atMs, partition, ownerOf(partition, seats, sample.state));
  }
}

/** A group that rebalances shows old assignments, or none: that nobody owns a partition is only sure in a settled one. */
function ownerOf(seen: PartitionSample | undefined, seats: readonly number[] | null, state: GroupState): number | null {
  if (seen === undefined || seen.owner === null || seats === null) return null;
  if (seen.owner === 'nobody') return isSettled(state) ? NOBODY : null;
  return seats[seen.owner] ?? null;
}

/** Not rebalancing. `Unknown` is no evidence of a rebalance. */
export const isSettled = (state: GroupState | undefined): boolean =>
  state === 'Stable' || state === 'Empty' || state === 'Dead' || state === 'Unknown' || state === undefined;

function seatOf({ roster }: History, release: Release, member: Member): number {
  const { memberId, clientId, host, instanceId } = member;
  const known = roster.findIndex((entry) => entry.memberId === memberId);
  if (known >= 0) return known;
  return roster.push({ memberId, clientId, host, instanceId, isSelected: isSelected(release.canary, member) }) - 1;
}

function deadLettersOf({ deadLetterTopics }: History, { deadLetters }: ReleaseSample): number | null {
  for (const topic of deadLetters.keys()) if (!deadLetterTopics.includes(topic)) deadLetterTopics.push(topic);
  const written = deadLetterTopics.map((topic) => deadLetters.get(topic) ?? null);
  return sumOf(written);
}

/** Null as soon as one is not known: a sum without it would be a smaller number, not a less certain one. */
export function sumOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum;
}
