import { emptyAxis, type TimeAxis } from '../../lag/time-axis.ts';
import type { GroupMemory } from './group-memory.ts';

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
  ends: [],
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

/** The end offsets that are not known at a cell are NaN, so that a reused cell does not speak of another time. */
export function writeEnd(log: LogMemory, cell: number, endOffset: number): void {
  for (let index = log.ends.length; index < cell; index++) log.ends.push(Number.NaN);
  log.ends[cell] = endOffset;
}
