import type { LogMemory } from './cluster-memory.ts';
import type { Trail } from './trail.ts';
import type { Trouble } from './trouble.ts';

/** What a run remembers of one group in one partition. */
export interface PartitionMemory {
  readonly topic: string;
  readonly partition: number;
  readonly log: LogMemory;
  /** Of the log that the rest speaks of. */
  generation: number;
  /** When log and group were last read together. */
  seenAtMs: number;
  committedOffset: number;
  lagMessages: number;
  /** Messages that rest at the end for ever, like a transaction's marker. */
  restingMessages: number;
  /** More waits than what rests. */
  pending: boolean;
  /** When the oldest unread message was written; NaN when none is. */
  producedAtMs: number;
  /** That message is older than the history. */
  beforeHistory: boolean;
  /** Since when nothing moves although work waits. */
  idleSinceMs: number;
  /** Samples in a row without an advance while work waited. */
  stuckSamples: number;
  lastAdvanceAtMs: number;
  endAtAdvance: number;
  /** Samples since the last advance in which neither side moved. */
  quietSamples: number;
  advances: number;
  /** Since when there is no committed offset any more. */
  vanishedAtMs: number;
  /** Member id, or null. */
  owner: string | null;
  ownerSinceMs: number;
  /** Null: no rule is open. */
  trouble: Trouble | null;
  /** Since when it keeps up, and the highest production that it kept up with. */
  keepsUpSinceMs: number;
  sustainedPerS: number;
  /** Since when the time lag is over the group's objective. */
  overSinceMs: number;
  trail: Trail;
  /** In the present step only: how far it moved, whether over a hole in the samples, and its time lag before. */
  movedMessages: number;
  blind: boolean;
  timeLagBeforeMs: number;
}

export const newPartition = (topic: string, partition: number, log: LogMemory): PartitionMemory => ({
  topic,
  partition,
  log,
  generation: log.generation,
  seenAtMs: Number.NaN,
  committedOffset: Number.NaN,
  lagMessages: Number.NaN,
  restingMessages: 0,
  pending: false,
  producedAtMs: Number.NaN,
  beforeHistory: false,
  idleSinceMs: Number.NaN,
  stuckSamples: 0,
  lastAdvanceAtMs: Number.NaN,
  endAtAdvance: Number.NaN,
  quietSamples: 0,
  advances: 0,
  vanishedAtMs: Number.NaN,
  owner: null,
  ownerSinceMs: Number.NaN,
  trouble: null,
  keepsUpSinceMs: Number.NaN,
  sustainedPerS: 0,
  overSinceMs: Number.NaN,
  trail: [],
  movedMessages: 0,
  blind: false,
  timeLagBeforeMs: 0,
});

/** Age of the oldest unread message when last seen; 0 when nothing is pending. */
export const timeLagMsOf = ({ pending, seenAtMs, producedAtMs }: PartitionMemory): number =>
  pending ? seenAtMs - producedAtMs : 0;

/** Seen in this snapshot, log and group alike. */
export const isSeen = (p: PartitionMemory, atMs: number): boolean => p.seenAtMs === atMs;

/** What it passed in this step less what retention had deleted: nobody reads that. */
export const passedMessagesOf = ({ movedMessages, committedOffset, log }: PartitionMemory): number =>
  Math.min(movedMessages, Math.max(0, committedOffset - log.startOffset));
