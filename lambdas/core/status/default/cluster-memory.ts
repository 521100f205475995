import { emptyAxis, type TimeAxis } from '../../lag/time-axis.ts';
import type { GroupMemory } from './group-memory.ts';
import { type LogMemory, newLogRows } from './log-memory.ts';
import { newPartitionRows } from './partition-memory.ts';
import type { RowStore } from './rows/row-store.ts';

/** What a run remembers of one cluster. NaN stands for "not known" in the numbers below and in group and partition. */
export interface ClusterMemory {
  readonly axis: TimeAxis;
  /** The last snapshot taken (epoch). */
  atMs: number;
  /** Snapshots taken so far. */
  samples: number;
  readonly topics: Map<string, TopicMemory>;
  readonly groups: Map<string, GroupMemory>;
  /** Where the numbers of logs and of groups' partitions lie. */
  readonly logRows: RowStore;
  readonly partitionRows: RowStore;
  /** Since when most groups are in trouble together. */
  troubledSinceMs: number;
  /** When they last were. */
  troubledAtMs: number;
}

export interface TopicMemory {
  readonly logs: LogMemory[];
  seenAtMs: number;
}

export const emptyCluster = (): ClusterMemory => ({
  axis: emptyAxis(),
  atMs: Number.NEGATIVE_INFINITY,
  samples: 0,
  topics: new Map(),
  groups: new Map(),
  logRows: newLogRows(),
  partitionRows: newPartitionRows(),
  troubledSinceMs: Number.NaN,
  troubledAtMs: Number.NaN,
});
