import type { JsonValue } from '../json-value.ts';
import type { LedgerEntry } from '../release/ledger-entry.ts';
import type { StopMarkerSearch } from '../release/stop-marker.ts';

/** The record of every release. Adapters: DynamoDB, and memory for tests. */
export interface ReleaseLedger {
  /**
   * Writes an open entry and takes its group for it; a retry or a recovery does so anew. The entry carries the version
   * that it makes: 1 for a new one. `taken`: another release of the group is open. `conflict`: somebody else wrote this
   * entry in the meantime. Either way nothing counts as changed.
   */
  open(entry: LedgerEntry): Promise<'opened' | 'taken' | 'conflict'>;

  /** Null: there is none, or it has expired. */
  read(id: string): Promise<LedgerEntry | null>;

  /** Of a cluster, or of one of its groups, the newest first by when they were opened. */
  list(query: LedgerQuery): Promise<LedgerPage>;

  /** Those of a cluster that are open. Cheap when there are none. */
  readOpen(cluster: string): Promise<readonly LedgerEntry[]>;

  /**
   * Writes an entry whole, as the version that it carries; a finished one gives its group free.
   * `conflict`: somebody else wrote in the meantime; nothing was changed.
   */
  write(entry: LedgerEntry): Promise<'written' | 'conflict'>;

  /** How far the judgement of an attempt has come; null when nothing of it is kept. */
  readCheckpoint(key: AttemptKey): Promise<JudgementCheckpoint | null>;

  /** Two who judge the same may write in any order: both are right, one of them a little behind. */
  writeCheckpoint(key: AttemptKey, checkpoint: JudgementCheckpoint): Promise<void>;
}

export interface LedgerQuery {
  readonly cluster: string;
  /** Absent: all groups. */
  readonly group?: string;
  readonly limit: number;
  /** `next` of the page before; absent or null: from the newest. */
  readonly after?: string | null;
}

export interface LedgerPage {
  readonly entries: readonly LedgerEntry[];
  /** Null: there are no more. */
  readonly next: string | null;
}

export interface AttemptKey {
  readonly releaseId: string;
  readonly attempt: number;
}

/** Worth a few days only: without it a judgement is made from the samples anew. */
export interface JudgementCheckpoint {
  /** The last slot that it has taken. */
  readonly slotMs: number;
  readonly memory: JsonValue;
  readonly stopMarker: StopMarkerSearch;
}
