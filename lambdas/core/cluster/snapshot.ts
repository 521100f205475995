import type { GroupSnapshot } from './group.ts';

/**
 * All that one reading of one cluster returned, failures included.
 *
 * A topic or group that is absent is unknown at that time, not gone. Maps, not records: `__proto__` is a legal topic name.
 */
export interface ClusterSnapshot {
  /** Our name of the cluster, not a broker address. */
  readonly cluster: string;
  /** When the reading began (epoch); used in all arithmetic. */
  readonly atMs: number;
  /** By topic, indexed by partition. Null: no group reads it, or it could not be read (then `failures` says why). */
  readonly topics: ReadonlyMap<string, readonly (PartitionLog | null)[]>;
  /** By group id. A group stands here only when all of its commits were read. */
  readonly groups: ReadonlyMap<string, GroupSnapshot>;
  /** One entry per part that could not be read; the rest of the snapshot is good. */
  readonly failures: readonly ReadFailure[];
}

/** One partition's log, as its leader reports it. */
export interface PartitionLog {
  /** First offset still kept. */
  readonly logStartOffset: number;
  /** Next offset to be written (the high watermark). */
  readonly logEndOffset: number;
  /** Where a read-committed consumer ends, when the configuration asks for it. */
  readonly lastStableOffset?: number;
  /** Timestamp of the newest record (epoch), when the configuration asks for it; null on an empty partition. */
  readonly newestRecordAtMs?: number | null;
}

/** A part of the cluster that could not be read: a fact beside the rest, never a zero. */
export type ReadFailure = FailedPart & {
  /** Kafka's error name (`NOT_COORDINATOR`), or `TIMEOUT`, `CONNECTION`, `MALFORMED_RESPONSE`, `OFFSET_TOO_LARGE`. */
  readonly code: string;
  /** What was asked of whom, and what came back. */
  readonly message: string;
};

export type FailedPart =
  | { readonly part: 'broker'; readonly broker: string }
  | { readonly part: 'group'; readonly group: string }
  | { readonly part: 'members'; readonly group: string }
  | { readonly part: 'partition'; readonly topic: string; readonly partition: number };
