import type { ByteReader } from '../wire/byte-reader.ts';
import { type GroupsRequest, readItems } from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

export interface FetchedGroup {
  readonly group: string;
  readonly errorCode: number;
  readonly topics: readonly FetchedTopic[];
}

export interface FetchedTopic {
  readonly topic: string;
  readonly partitions: readonly FetchedPartition[];
}

export interface FetchedPartition {
  readonly partition: number;
  /** Negative: no position. Inexact beyond 2^53. */
  readonly offset: number;
  readonly errorCode: number;
}

/**
 * ```
 * v8 request
 *   groups carr<{
 *     group_id cstr, topics carr?<{ name cstr, partition_indexes carr<i32>, tags }>, tags
 *   }>,
 *   require_stable bool, tags
 * v8 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     group_id cstr,
 *     topics carr<{
 *       name cstr,
 *       partitions carr<{
 *         partition_index i32, committed_offset i64, committed_leader_epoch i32, metadata cstr?, error_code i16,
 *         tags
 *       }>,
 *       tags
 *     }>,
 *     error_code i16, tags
 *   }>,
 *   tags
 * v9 request
 *   groups carr<{
 *     group_id cstr, member_id cstr?, member_epoch i32,
 *     topics carr?<{ name cstr, partition_indexes carr<i32>, tags }>, tags
 *   }>,
 *   require_stable bool, tags
 * v9 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     group_id cstr,
 *     topics carr<{
 *       name cstr,
 *       partitions carr<{
 *         partition_index i32, committed_offset i64, committed_leader_epoch i32, metadata cstr?, error_code i16,
 *         tags
 *       }>,
 *       tags
 *     }>,
 *     error_code i16, tags
 *   }>,
 *   tags
 * ```
 * v10 answers topic ids instead of names and brings nothing else.
 */
export const OFFSET_FETCH: KafkaApi<GroupsRequest, readonly FetchedGroup[]> = {
  key: 9,
  name: 'OffsetFetch',
  versions: [9, 8],

  encode(writer, { groups }, version) {
    writer.compactArray(groups, (_, group) => {
      writer.compactString(group);
      // No member asks: a monitor has no epoch that the coordinator could fence.
      if (version >= 9) writer.compactNull().int32(-1);
      writer.compactNull().noTags();
    });
    // A stable read would fail during a transaction instead of answering the last commit.
    writer.bool(false).noTags();
  },

  decode(reader) {
    return readItems(reader, readGroup);
  },
};

function readGroup(reader: ByteReader): FetchedGroup {
  const group = reader.compactString();
  const topics = reader.compactArray(readTopic);
  const errorCode = reader.int16();
  reader.skipTags();
  return { group, errorCode, topics };
}

function readTopic(reader: ByteReader): FetchedTopic {
  const topic = reader.compactString();
  const partitions = reader.compactArray(readPartition);
  reader.skipTags();
  return { topic, partitions };
}

function readPartition(reader: ByteReader): FetchedPartition {
  const partition = reader.int32();
  const offset = reader.int64();
  reader.int32();
  reader.skipCompactString();
  const errorCode = reader.int16();
  reader.skipTags();
  return { partition, offset, errorCode };
}
