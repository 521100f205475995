import type { PartitionLog } from '../../core/cluster/snapshot.ts';
import { type ListedOffset, type ListOffsetsRequest, LOG_POSITION } from './api/list-offsets.ts';

/** What is asked beyond log start and log end, each for one more request per broker. */
export interface ExtraQuestions {
  /** Where a read-committed consumer ends. */
  readonly lastStableOffset: boolean;
  /** The newest record's timestamp. */
  readonly newestRecord: boolean;
}

/** One thing to ask about a partition's log, and what the answer says about it. */
export interface LogQuestion extends Pick<ListOffsetsRequest, 'position' | 'readCommitted'> {
  read(answer: ListedOffset): Partial<PartitionLog>;
}

const LOG_START: LogQuestion = {
  position: LOG_POSITION.earliest,
  readCommitted: false,
  read: ({ offset }) => ({ logStartOffset: offset }),
};

const LAST_STABLE: LogQuestion = {
  position: LOG_POSITION.latest,
  readCommitted: true,
  read: ({ offset }) => ({ lastStableOffset: offset }),
};

const LOG_END: LogQuestion = {
  position: LOG_POSITION.latest,
  readCommitted: false,
  read: ({ offset }) => ({ logEndOffset: offset }),
};

const NEWEST_RECORD: LogQuestion = {
  position: LOG_POSITION.newestRecord,
  readCommitted: false,
  read: ({ timestampMs }) => ({ newestRecordAtMs: timestampMs < 0 ? null : timestampMs }),
};

/**
 * In an order that keeps log start ≤ last stable ≤ log end while records come and go: a broker answers one connection's
 * requests one after the other.
 */
export function logQuestions({ lastStableOffset, newestRecord }: ExtraQuestions): readonly LogQuestion[] {
  return [LOG_START, ...(lastStableOffset ? [LAST_STABLE] : []), LOG_END, ...(newestRecord ? [NEWEST_RECORD] : [])];
}
