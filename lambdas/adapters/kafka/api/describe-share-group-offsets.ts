import type { ByteReader } from '../wire/byte-reader.ts';
import { type GroupsRequest, readItems } from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

export interface ShareGroupOffsets {
  readonly group: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly topics: readonly ShareTopicOffsets[];
}

export interface ShareTopicOffsets {
  readonly topic: string;
  readonly partitions: readonly SharePartitionOffset[];
}

export interface SharePartitionOffset {
  readonly partition: number;
  /** Negative: the group has not started there. Inexact beyond 2^53. */
  readonly startOffset: number;
  /** Null on v0, which has none; negative: the broker does not know it. */
  readonly lag: number | null;
  readonly errorCode: number;
}

/**
 * ```
 * v0 request
 *   groups carr<{ group_id cstr, topics carr?<{ topic_name cstr, partitions carr<i32>, tags }>, tags }>, tags
 * v0 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     group_id cstr,
 *     topics carr<{
 *       topic_name cstr, topic_id uuid,
 *       partitions carr<{
 *         partition_index i32, start_offset i64, leader_epoch i32, error_code i16, error_message cstr?, tags
 *       }>,
 *       tags
 *     }>,
 *     error_code i16, error_message cstr?, tags
 *   }>,
 *   tags
 * v1 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     group_id cstr,
 *     topics carr<{
 *       topic_name cstr, topic_id uuid,
 *       partitions carr<{
 *         partition_index i32, start_offset i64, leader_epoch i32, lag i64, error_code i16, error_message cstr?,
 *         tags
 *       }>,
 *       tags
 *     }>,
 *     error_code i16, error_message cstr?, tags
 *   }>,
 *   tags
 * ```
 */
export const DESCRIBE_SHARE_GROUP_OFFSETS: KafkaApi<GroupsRequest, readonly ShareGroupOffsets[]> = {
  key: 90,
  name: 'DescribeShareGroupOffsets',
  versions: [1, 0],

  encode(writer, { groups }) {
    writer.compactArray(groups, (_, group) => writer.compactString(group).compactNull().noTags());
    writer.noTags();
  },

  decode(reader, version) {
    return readItems(reader, () => readGroup(reader, version));
  },
};

function readGroup(reader: ByteReader, version: number): ShareGroupOffsets {
  const group = reader.compactString();
  const topics = reader.compactArray(() => readTopic(reader, version));
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  reader.skipTags();
  return { group, errorCode, errorMessage, topics };
}

function readTopic(reader: ByteReader, version: number): ShareTopicOffsets {
  const topic = reader.compactString();
  reader.skipUuid();
  const partitions = reader.compactArray(() => readPartition(reader, version));
  reader.skipTags();
  return { topic, partitions };
}

function readPartition(reader: ByteReader, version: number): SharePartitionOffset {
  const partition = reader.int32();
  const startOffset = reader.int64();
  reader.int32();
  const lag = version >= 1 ? reader.int64() : null;
  const errorCode = reader.int16();
  reader.skipCompactString();
  reader.skipTags();
  return { partition, startOffset, lag, errorCode };
}
