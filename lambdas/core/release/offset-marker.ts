import { topicsOf } from '../cluster/one-group.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';

/** A group's offsets at one moment of a release: what a rollback goes back to, and what is counted from. */
export interface OffsetMarker {
  /** When the reading began (epoch). */
  readonly atMs: number;
  /** Every partition of every topic that the group has to do with, by topic name, then by partition. */
  readonly partitions: readonly MarkedPartition[];
}

/** One partition in a marker. */
export interface MarkedPartition {
  readonly topic: string;
  readonly partition: number;
  /** The next offset that the group would have read. Null: it had committed nothing. */
  readonly committedOffset: number | null;
  /** First offset kept and next one to be written. Null: the log could not be read. */
  readonly log: { readonly startOffset: number; readonly endOffset: number } | null;
}

/** What a reading says of a group's offsets. Null: the reading does not show the group, so there is nothing to mark. */
export function markerOf(snapshot: ClusterSnapshot, group: string): OffsetMarker | null {
  const found = snapshot.groups.get(group);
  if (found === undefined) return null;
  const partitions = [...topicsOf(found)].sort().flatMap((topic): MarkedPartition[] => {
    const logs = snapshot.topics.get(topic) ?? [];
    const committed = found.committed.get(topic) ?? [];
    return Array.from({ length: Math.max(logs.length, committed.length) }, (_, partition) => {
      const log = logs[partition] ?? null;
      return {
        topic,
        partition,
        committedOffset: committed[partition] ?? null,
        log: log && { startOffset: log.logStartOffset, endOffset: log.logEndOffset },
      };
    });
  });
  return { atMs: snapshot.atMs, partitions };
}
