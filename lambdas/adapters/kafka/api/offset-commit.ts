import type { ByteReader } from '../wire/byte-reader.ts';
import { readItems } from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

export interface OffsetCommitRequest {
  readonly group: string;
  /** By topic: what to commit for each partition. */
  readonly topics: ReadonlyMap<string, readonly { readonly partition: number; readonly offset: number }[]>;
}

export interface CommittedTopic {
  readonly topic: string;
  readonly partitions: readonly { readonly partition: number; readonly errorCode: number }[];
}

/**
 * ```
 * v8 request
 *   group_id cstr, generation_id i32, member_id cstr, group_instance_id cstr?,
 *   topics carr<{
 *     name cstr,
 *     partitions carr<{
 *       partition_index i32, committed_offset i64, committed_leader_epoch i32, committed_metadata cstr?, tags
 *     }>,
 *     tags
 *   }>,
 *   tags
 * v8 response
 *   throttle_time_ms i32,
 *   topics carr<{ name cstr, partitions carr<{ partition_index i32, error_code i16, tags }>, tags }>, tags
 * ```
 * v9 looks the same; v10 has topic ids instead of names.
 *
 * Generation −1 without a member id is how an administrator commits: the coordinator takes it for a group without
 * members, of any type but share, and answers UNKNOWN_MEMBER_ID for every partition of one that has some.
 */
export const OFFSET_COMMIT: KafkaApi<OffsetCommitRequest, readonly CommittedTopic[]> = {
  key: 8,
  name: 'OffsetCommit',
  versions: [9, 8],

  encode(writer, { group, topics }) {
    writer.compactString(group).int32(-1).compactString('').compactNull();
    writer.compactArray([...topics], (_, [topic, partitions]) => {
      writer.compactString(topic);
      writer.compactArray(partitions, (__, { partition, offset }) => {
        // No leader epoch: the marker has none, and consumers do without.
        writer.int32(partition).int64(offset).int32(-1).compactString('').noTags();
      });
      writer.noTags();
    });
    writer.noTags();
  },

  decode(reader) {
    return readItems(reader, readTopic);
  },
};

function readTopic(reader: ByteReader): CommittedTopic {
  const topic = reader.compactString();
  const partitions = reader.compactArray(() => {
    const partition = reader.int32();
    const errorCode = reader.int16();
    reader.skipTags();
    return { partition, errorCode };
  });
  reader.skipTags();
  return { topic, partitions };
}
