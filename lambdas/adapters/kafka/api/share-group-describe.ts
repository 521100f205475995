import type { ByteReader } from '../wire/byte-reader.ts';
import {
  type GroupHead,
  type GroupsRequest,
  readGroupHead,
  readItems,
  writeDescribeRequest,
} from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';
import { readAssignment, type TopicPartitions } from './topic-partitions.ts';

export interface DescribedShareGroup extends GroupHead {
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
export const SHARE_GROUP_DESCRIBE: KafkaApi<GroupsRequest, readonly DescribedShareGroup[]> = {
  key: 77,
  name: 'ShareGroupDescribe',
  versions: [1],

  encode: writeDescribeRequest,

  decode(reader) {
    return readItems(reader, readGroup);
  },
};

function readGroup(reader: ByteReader): DescribedShareGroup {
  const head = readGroupHead(reader);
  reader.skipCompactString();
  const members = reader.compactArray(readMember);
  reader.int32();
  reader.skipTags();
  return { ...head, members };
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
