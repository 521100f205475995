import type { LogMemory } from './log-memory.ts';
import { count, flag, number, time } from './rows/columns.ts';
import { rowKind } from './rows/row-kind.ts';
import type { RowStore } from './rows/row-store.ts';
import type { Trouble } from './trouble.ts';

/** Advances that a trail holds at most. */
export const TRAIL_CAPACITY = 16;

const PARTITION = rowKind(
  {
    /** Of the log that the rest speaks of. */
    generation: count(),
    /** When log and group were last read together. */
    seenAtMs: time(),
    committedOffset: number(),
    lagMessages: number(),
    /** Messages that rest at the end for ever, like a transaction's marker. */
    restingMessages: number(0),
    /** More waits than what rests. */
    pending: flag(),
    /** When the oldest unread message was written; NaN when none is. */
    producedAtMs: time(),
    /** That message is older than the history. */
    beforeHistory: flag(),
    /** Since when nothing moves although work waits. */
    idleSinceMs: time(),
    /** Samples in a row without an advance while work waited. */
    stuckSamples: count(),
    lastAdvanceAtMs: time(),
    endAtAdvance: number(),
    /** Samples since the last advance in which neither side moved. */
    quietSamples: count(),
    advances: count(),
    /** Since when there is no committed offset any more. */
    vanishedAtMs: time(),
    ownerSinceMs: time(),
    /** Since when it keeps up, and the highest production that it kept up with. */
    keepsUpSinceMs: time(),
    sustainedPerS: number(0),
    /** Since when the time lag is over the group's objective. */
    overSinceMs: time(),
    /** Advances in the trail (trail.ts). */
    trailLength: count(),
    /** In the present step only: how far it moved, whether over a hole in the samples, and its time lag before. */
    movedMessages: number(0),
    blind: flag(),
    timeLagBeforeMs: number(0),
  },
  { trailAtMs: TRAIL_CAPACITY, trailOffset: TRAIL_CAPACITY, trailLag: TRAIL_CAPACITY },
);

export const { newStore: newPartitionRows, strips: TRAIL, cells: PARTITION_CELLS } = PARTITION;

/** What a run remembers of one group in one partition. */
export class PartitionMemory extends PARTITION.Row {
  readonly topic: string;
  readonly partition: number;
  readonly log: LogMemory;
  /** Member id, or null. */
  owner: string | null;
  /** While members are observed: the last one that says so; else null. */
  claimant: string | null;
  /** Null: no rule is open. */
  trouble: Trouble | null;

  constructor(rows: RowStore, topic: string, partition: number, log: LogMemory) {
    super(rows);
    this.topic = topic;
    this.partition = partition;
    this.log = log;
    this.owner = null;
    this.claimant = null;
    this.trouble = null;
    this.generation = log.generation;
  }

  /** Forgets all but who owns it. */
  beginAnew(rows: RowStore): void {
    const { ownerSinceMs } = this;
    rows.clear(this);
    this.wide = null;
    this.trouble = null;
    this.generation = this.log.generation;
    this.ownerSinceMs = ownerSinceMs;
  }
}

/** Age of the oldest unread message when last seen; 0 when nothing is pending. */
export const timeLagMsOf = ({ pending, seenAtMs, producedAtMs }: PartitionMemory): number =>
  pending ? seenAtMs - producedAtMs : 0;

/** Seen in this snapshot, log and group alike. */
export const isSeen = (p: PartitionMemory, atMs: number): boolean => p.seenAtMs === atMs;

/** What it passed in this step less what retention had deleted: nobody reads that. */
export const passedMessagesOf = ({ movedMessages, committedOffset, log }: PartitionMemory): number =>
  Math.min(movedMessages, Math.max(0, committedOffset - log.startOffset));
