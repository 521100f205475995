import type { ClusterSnapshot } from '../cluster/snapshot.ts';

/** What one reading cost. */
export interface ReadCost {
  readonly requests: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly cpuMs: number;
  readonly wallMs: number;
}

export interface Reading {
  readonly snapshot: ClusterSnapshot;
  readonly cost: ReadCost;
}

/** Reads one cluster as a whole. Adapter: Kafka. */
export interface ClusterReader {
  /**
   * One reading, begun at `atMs`. What could not be read in `deadlineMs` (a duration) is a failure in the snapshot.
   * Throws only when nothing can be read at all: BROKER_UNREACHABLE, BROKER_PROTOCOL_MISMATCH, BROKER_DENIED,
   * BROKER_UNSUPPORTED.
   */
  read(request: { readonly atMs: number; readonly deadlineMs: number }): Promise<Reading>;

  /** Closes every connection; nothing of it keeps the process alive afterwards. */
  close(): Promise<void>;
}
