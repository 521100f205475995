import type { ByteReader } from '../wire/byte-reader.ts';
import { readItems } from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

/** What can be asked about a partition's log. A partition may stand only once in a request (else INVALID_REQUEST). */
export const LOG_POSITION = { latest: -1, earliest: -2, newestRecord: -3 } as const;

export interface ListOffsetsRequest {
  /** By topic: partition numbers, each once. */
  readonly topics: ReadonlyMap<string, readonly number[]>;
  readonly position: (typeof LOG_POSITION)[keyof typeof LOG_POSITION];
  /** True: `latest` is the last stable offset, where a read-committed consumer ends; false: the high watermark. */
  readonly readCommitted: boolean;
  /** How long the broker may wait for remote storage (v10). */
  readonly timeoutMs: number;
}

export interface ListedTopic {
  readonly topic: string;
  readonly partitions: readonly ListedOffset[];
}

export interface ListedOffset {
  readonly partition: number;
  readonly errorCode: number;
  /** Epoch; −1 unless a record was asked for. */
  readonly timestampMs: number;
  /** Inexact beyond 2^53. */
  readonly offset: number;
}

/**
 * ```
 * v7 request
 *   replica_id i32, isolation_level i8,
 *   topics carr<{
 *     name cstr, partitions carr<{ partition_index i32, current_leader_epoch i32, timestamp i64, tags }>, tags
 *   }>,
 *   tags
 * v7 response
 *   throttle_time_ms i32,
 *   topics carr<{
 *     name cstr,
 *     partitions carr<{ partition_index i32, error_code i16, timestamp i64, offset i64, leader_epoch i32, tags }>,
 *     tags
 *   }>,
 *   tags
 * v10 request
 *   replica_id i32, isolation_level i8,
 *   topics carr<{
 *     name cstr, partitions carr<{ partition_index i32, current_leader_epoch i32, timestamp i64, tags }>, tags
 *   }>,
 *   timeout_ms i32, tags
 * ```
 * v8 and v9 look like v7, v11 like v10, and every response like v7's: they differ in the positions that they allow.
 */
export const LIST_OFFSETS: KafkaApi<ListOffsetsRequest, readonly ListedTopic[]> = {
  key: 2,
  name: 'ListOffsets',
  versions: [11, 10, 9, 8, 7],

  encode(writer, { topics, position, readCommitted, timeoutMs }, version) {
    writer.int32(-1).int8(readCommitted ? 1 : 0);
    writer.compactArray([...topics], (_, [topic, partitions]) => {
      writer.compactString(topic);
      writer.compactArray(partitions, (__, partition) => {
        writer.int32(partition).int32(-1).int64(position).noTags();
      });
      writer.noTags();
    });
    if (version >= 10) writer.int32(timeoutMs);
    writer.noTags();
  },

  decode(reader) {
    return readItems(reader, readTopic);
  },
};

function readTopic(reader: ByteReader): ListedTopic {
  const topic = reader.compactString();
  const partitions = reader.compactArray(readPartition);
  reader.skipTags();
  return { topic, partitions };
}

function readPartition(reader: ByteReader): ListedOffset {
  const partition = reader.int32();
  const errorCode = reader.int16();
  const timestampMs = reader.int64();
  const offset = reader.int64();
  reader.int32();
  reader.skipTags();
  return { partition, errorCode, timestampMs, offset };
}
