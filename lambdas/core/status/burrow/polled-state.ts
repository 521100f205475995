import type { PartitionVerdict, Reason } from '../verdict.ts';
import { type BurrowMemory, emptyMemory } from './memory.ts';

/** All that a run over polled snapshots remembers. The functions that advance it change it. */
export interface PolledState {
  /** Snapshots taken so far; the commits that the next one makes carry it as their order. */
  samples: number;
  /** When the last `intervals` snapshots were taken (epoch), oldest first. */
  readonly recentAtMs: number[];
  readonly memory: BurrowMemory;
  /** By group id, in the order in which they were judged last. */
  groups: Map<string, PolledGroup>;
}

/** One group as it was judged last. */
export interface PolledGroup {
  /** When a snapshot last held it (epoch). */
  readonly readAtMs: number;
  /** By topic, indexed by partition; null before the partition was first read. */
  readonly partitions: ReadonlyMap<string, readonly (PolledPartition | null)[]>;
  /** Why there is nothing to judge; null where there is. */
  readonly unjudged: Reason | null;
}

export interface PolledPartition {
  /** When the group and the partition's log end were last read together (epoch). */
  readonly readAtMs: number;
  /** When a snapshot last showed that nobody owned it (epoch); null: never. */
  readonly unownedAtMs: number | null;
  readonly verdict: PartitionVerdict;
}

export const emptyState = (): PolledState => ({
  samples: 0,
  recentAtMs: [],
  memory: emptyMemory(),
  groups: new Map(),
});

/** How many snapshots were taken since then; no more than are remembered. */
export function snapshotsSince(state: PolledState, atMs: number): number {
  return state.recentAtMs.filter((recentMs) => recentMs > atMs).length;
}

/** When the newest snapshot was taken (epoch). */
export const newestAtMs = (state: PolledState): number => state.recentAtMs.at(-1) ?? Number.NEGATIVE_INFINITY;
