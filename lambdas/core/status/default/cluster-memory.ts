import { emptyAxis, type TimeAxis } from '../../lag/time-axis.ts';
import type { GroupMemory } from './group-memory.ts';

/** How many instants a run holds, and how many of the newest it never thins. Both reach into the size of a checkpoint. */
export const AXIS = { capacity: 32, recent: 11 } as const;

/** What a run remembers of one cluster. NaN stands for "not known" in the numbers below and in group and partition. */
export interface ClusterMemory {
  readonly axis: TimeAxis;
  /** The last snapshot taken (epoch). */
  atMs: number;
  /** Snapshots taken so far. */
  samples: number;
  readonly topics: Map<string, TopicMemory>;
  readonly groups: Map<string, GroupMemory>;
  /** Since when most groups are in trouble together. */
  troubledSinceMs: number;
}

export interface TopicMemory {
  readonly logs: LogMemory[];
  seenAtMs: number;
}

/** One partition's log, whoever reads it. */
export interface LogMemory {
  /** End offset by cell of the axis. */
  readonly ends: number[];
  /** The last offsets that were read, and when. */
  endOffset: number;
  startOffset: number;
  readAtMs: number;
  endMovedAtMs: number;
  /** Samples in a row in which the end moved, up to its last move; and those without one since. */
  busySamples: number;
  quietSamples: number;
  /** Counts recreations: who remembers another number remembers another log. */
  generation: number;
  /** Where the log start was at some time in the last day: how fast retention deletes. */
  startThenOffset: number;
  startThenAtMs: number;
}

export const emptyCluster = (): ClusterMemory => ({
  axis: emptyAxis(),
  atMs: Number.NEGATIVE_INFINITY,
  samples: 0,
  topics: new Map(),
  groups: new Map(),
  troubledSinceMs: Number.NaN,
});

export const newLog = (): LogMemory => ({
  ends: new Array<number>(AXIS.capacity).fill(Number.NaN),
  endOffset: Number.NaN,
  startOffset: Number.NaN,
  readAtMs: Number.NaN,
  endMovedAtMs: Number.NaN,
  busySamples: 0,
  quietSamples: 0,
  generation: 0,
  startThenOffset: Number.NaN,
  startThenAtMs: Number.NaN,
});
