import type { MarkedPartition, OffsetMarker } from '../../lambdas/core/release/offset-marker.ts';
import { aGroup, aLog, aSnapshot } from './snapshots.ts';

export const EMPTY = { state: 'Empty' } as const;

export const marked = (
  committedOffset: number | null,
  log: [number, number] | null,
  partition = 0,
): MarkedPartition => ({
  topic: 'orders',
  partition,
  committedOffset,
  log: log && { startOffset: log[0], endOffset: log[1] },
});

export const markerWith = (...partitions: MarkedPartition[]): OffsetMarker => ({ atMs: 1_000, partitions });

/** A reading of group `billing`, one topic, one partition unless said. */
export const readingOf = (committed: (number | null)[], logs: ([number, number] | null)[]) =>
  aSnapshot({
    topics: new Map([['orders', logs.map((log) => log && aLog(log[1], { logStartOffset: log[0] }))]]),
    groups: new Map([['billing', aGroup({ ...EMPTY, committed: new Map([['orders', committed]]) })]]),
  });
