import type { ByteReader } from '../wire/byte-reader.ts';
import type { KafkaApi } from './kafka-api.ts';
import { readAssignment, type TopicPartitions } from './topic-partitions.ts';

export interface ShareGroupDescribeRequest {
  readonly groups: readonly string[];
}

export interface DescribedShareGroup {
  readonly group: string;
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly state: string;
  readonly groupEpoch: number;
  readonly assignmentEpoch: number;
  readonly members: readonly DescribedShareMember[];
}

export interface DescribedShareMember {
  readonly memberId: string;
  readonly rackId: string | null;
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly host: string;
  readonly assigned: readonly TopicPartitions[];
}

/**
 * Share groups (KIP-932).
 * ```
 * v1 request
 *   group_ids carr<cstr>, include_authorized_operations bool, tags
 * v1 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     error_code i16, error_message cstr?, group_id cstr, group_state cstr, group_epoch i32,
 *     assignment_epoch i32, assignor_name cstr,
 *     members carr<{
 *       member_id cstr, rack_id cstr?, member_epoch i32, client_id cstr, client_host cstr,
 *       subscribed_topic_names carr<cstr>,
 *       assignment { topic_partitions carr<{ topic_id uuid, topic_name cstr, partitions carr<i32>, tags }>, tags },
 *       tags
 *     }>,
 *     authorized_operations i32, tags
 *   }>,
 *   tags
 * ```
 * v0 was never stable.
 */
export const SHARE_GROUP_DESCRIBE: KafkaApi<ShareGroupDescribeRequest, readonly DescribedShareGroup[]> = {
  key: 77,
  name: 'ShareGroupDescribe',
  versions: [1],

  encode(writer, { groups }) {
    writer.compactArray(groups, (_, group) => writer.compactString(group));
    writer.bool(false).noTags();
  },

  decode(reader) {
    reader.int32();
    const groups = reader.compactArray(readGroup);
    reader.skipTags();
    return groups;
  },
};

function readGroup(reader: ByteReader): DescribedShareGroup {
  const errorCode = reader.int16();
  const errorMessage = reader.compactNullableString();
  const group = reader.compactString();
  const state = reader.compactString();
  const groupEpoch = reader.int32();
  const assignmentEpoch = reader.int32();
  reader.skipCompactString();
  const members = reader.compactArray(readMember);
  reader.int32();
  reader.skipTags();
  return { group, errorCode, errorMessage, state, groupEpoch, assignmentEpoch, members };
}

function readMember(reader: ByteReader): DescribedShareMember {
  const memberId = reader.compactString();
  const rackId = reader.compactNullableString();
  const memberEpoch = reader.int32();
  const clientId = reader.compactString();
  const host = reader.compactString();
  reader.compactArray(() => reader.skipCompactString());
  const assigned = readAssignment(reader);
  reader.skipTags();
  return { memberId, rackId, memberEpoch, clientId, host, assigned };
}
