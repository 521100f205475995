import type { ClusterSnapshot } from '../cluster/snapshot.ts';

/** One snapshot under the slot that it was taken for. */
export interface Sample {
  /** The scheduled instant (epoch): the sample's key. Arithmetic uses `snapshot.atMs`. */
  readonly slotMs: number;
  readonly snapshot: ClusterSnapshot;
  /** Part of what was stored can't be read back: `failures` tells of it as of what could not be read in the first place. */
  readonly isPartial?: true;
}

/** Where samples live between invocations. Adapters: DynamoDB, and memory for tests. */
export interface HistoryStore {
  /** Stores one sample whole, or nothing. The first write of a slot wins; a later one changes nothing. */
  append(sample: Sample): Promise<'stored' | 'alreadyStored'>;

  /**
   * Samples with `afterSlotMs` < slot ≤ `untilSlotMs`, oldest first, one at a time. Expired ones are left out; of what
   * was damaged since, the rest is told.
   */
  read(range: HistoryRange): AsyncIterable<Sample>;

  /**
   * The same for one group, without reading all of the others: each sample holds what `snapshotOfGroup` leaves of it.
   * Samples in which the group is absent are there too, without it; those in which it can't be read back are left out.
   */
  readGroup(range: HistoryRange & { readonly group: string }): AsyncIterable<Sample>;
}

export interface HistoryRange {
  readonly cluster: string;
  /** Exclusive. */
  readonly afterSlotMs: number;
  /** Inclusive; absent: up to the newest. */
  readonly untilSlotMs?: number;
}
