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

export interface DescribedConsumerGroup extends GroupHead {
  readonly members: readonly DescribedConsumerMember[];
}

export interface DescribedConsumerMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly memberEpoch: number;
  readonly clientId: string;
  readonly host: string;
  readonly assigned: readonly TopicPartitions[];
  readonly target: readonly TopicPartitions[];
}

/**
 * KIP-848 groups.
 * ```
 * v0 request
 *   group_ids carr<cstr>, include_authorized_operations bool, tags
 * v0 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     error_code i16, error_message cstr?, group_id cstr, group_state cstr, group_epoch i32,
 *     assignment_epoch i32, assignor_name cstr,
 *     members carr<{
 *       member_id cstr, instance_id cstr?, rack_id cstr?, member_epoch i32, client_id cstr, client_host cstr,
 *       subscribed_topic_names carr<cstr>, subscribed_topic_regex cstr?,
 *       assignment { topic_partitions carr<{ topic_id uuid, topic_name cstr, partitions carr<i32>, tags }>, tags },
 *       target_assignment {
 *         topic_partitions carr<{ topic_id uuid, topic_name cstr, partitions carr<i32>, tags }>, tags
 *       },
 *       tags
 *     }>,
 *     authorized_operations i32, tags
 *   }>,
 *   tags
 * v1 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     error_code i16, error_message cstr?, group_id cstr, group_state cstr, group_epoch i32,
 *     assignment_epoch i32, assignor_name cstr,
 *     members carr<{
 *       member_id cstr, instance_id cstr?, rack_id cstr?, member_epoch i32, client_id cstr, client_host cstr,
 *       subscribed_topic_names carr<cstr>, subscribed_topic_regex cstr?,
 *       assignment { topic_partitions carr<{ topic_id uuid, topic_name cstr, partitions carr<i32>, tags }>, tags },
 *       target_assignment {
 *         topic_partitions carr<{ topic_id uuid, topic_name cstr, partitions carr<i32>, tags }>, tags
 *       },
 *       member_type i8, tags
 *     }>,
 *     authorized_operations i32, tags
 *   }>,
 *   tags
 * ```
 */
export const CONSUMER_GROUP_DESCRIBE: KafkaApi<GroupsRequest, readonly DescribedConsumerGroup[]> = {
  key: 69,
  name: 'ConsumerGroupDescribe',
  versions: [1, 0],

  encode: writeDescribeRequest,

  decode(reader, version) {
    return readItems(reader, () => readGroup(reader, version));
  },
};

function readGroup(reader: ByteReader, version: number): DescribedConsumerGroup {
  const head = readGroupHead(reader);
  reader.skipCompactString();
  const members = reader.compactArray(() => readMember(reader, version));
  reader.int32();
  reader.skipTags();
  return { ...head, members };
}

function readMember(reader: ByteReader, version: number): DescribedConsumerMember {
  const memberId = reader.compactString();
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const memberEpoch = reader.int32();
  const clientId = reader.compactString();
  const host = reader.compactString();
  reader.compactArray(() => reader.skipCompactString());
  reader.skipCompactString();
  const assigned = readAssignment(reader);
  const target = readAssignment(reader);
  if (version >= 1) reader.int8();
  reader.skipTags();
  return { memberId, instanceId, rackId, memberEpoch, clientId, host, assigned, target };
}
