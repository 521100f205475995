import type { ByteReader } from '../wire/byte-reader.ts';
import {
  type GroupHead,
  type GroupsRequest,
  readGroupHead,
  readItems,
  writeDescribeRequest,
} from './group-requests.ts';
import type { KafkaApi } from './kafka-api.ts';

export interface DescribedStreamsGroup extends GroupHead {
  readonly subtopologies: readonly Subtopology[];
  readonly members: readonly DescribedStreamsMember[];
}

/** A part of a topology that is processed together: its task p reads partition p of each of these topics. */
export interface Subtopology {
  readonly subtopologyId: string;
  readonly sourceTopics: readonly string[];
}

export interface DescribedStreamsMember {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly host: string;
  /** Active tasks only: standby and warm-up tasks read changelogs, not the group's input. */
  readonly activeTasks: readonly StreamsTasks[];
  readonly targetActiveTasks: readonly StreamsTasks[];
}

export interface StreamsTasks {
  readonly subtopologyId: string;
  readonly partitions: readonly number[];
}

/**
 * Streams groups (KIP-1071).
 * ```
 * v0 request
 *   group_ids carr<cstr>, include_authorized_operations bool, tags
 * v0 response
 *   throttle_time_ms i32,
 *   groups carr<{
 *     error_code i16, error_message cstr?, group_id cstr, group_state cstr, group_epoch i32,
 *     assignment_epoch i32,
 *     topology nullable {
 *       epoch i32,
 *       subtopologies carr?<{
 *         subtopology_id cstr, source_topics carr<cstr>, repartition_sink_topics carr<cstr>,
 *         state_changelog_topics carr<{
 *           name cstr, partitions i32, replication_factor i16, topic_configs carr<{ key cstr, value cstr, tags }>,
 *           tags
 *         }>,
 *         repartition_source_topics carr<{
 *           name cstr, partitions i32, replication_factor i16, topic_configs carr<{ key cstr, value cstr, tags }>,
 *           tags
 *         }>,
 *         tags
 *       }>,
 *       tags
 *     },
 *     members carr<{
 *       member_id cstr, member_epoch i32, instance_id cstr?, rack_id cstr?, client_id cstr, client_host cstr,
 *       topology_epoch i32, process_id cstr, user_endpoint nullable { host cstr, port u16, tags },
 *       client_tags carr<{ key cstr, value cstr, tags }>,
 *       task_offsets carr<{ subtopology_id cstr, partition i32, offset i64, tags }>,
 *       task_end_offsets carr<{ subtopology_id cstr, partition i32, offset i64, tags }>,
 *       assignment {
 *         active_tasks carr<{ subtopology_id cstr, partitions carr<i32>, tags }>,
 *         standby_tasks carr<{ subtopology_id cstr, partitions carr<i32>, tags }>,
 *         warmup_tasks carr<{ subtopology_id cstr, partitions carr<i32>, tags }>, tags
 *       },
 *       target_assignment {
 *         active_tasks carr<{ subtopology_id cstr, partitions carr<i32>, tags }>,
 *         standby_tasks carr<{ subtopology_id cstr, partitions carr<i32>, tags }>,
 *         warmup_tasks carr<{ subtopology_id cstr, partitions carr<i32>, tags }>, tags
 *       },
 *       is_classic bool, tags
 *     }>,
 *     authorized_operations i32, tags
 *   }>,
 *   tags
 * ```
 */
export const STREAMS_GROUP_DESCRIBE: KafkaApi<GroupsRequest, readonly DescribedStreamsGroup[]> = {
  key: 89,
  name: 'StreamsGroupDescribe',
  versions: [0],

  encode: writeDescribeRequest,

  decode(reader) {
    return readItems(reader, readGroup);
  },
};

function readGroup(reader: ByteReader): DescribedStreamsGroup {
  const head = readGroupHead(reader);
  const subtopologies = reader.nullableStruct(readTopology) ?? [];
  const members = reader.compactArray(readMember);
  reader.int32();
  reader.skipTags();
  return { ...head, subtopologies, members };
}

function readTopology(reader: ByteReader): readonly Subtopology[] {
  reader.int32();
  const subtopologies = reader.compactNullableArray(readSubtopology);
  reader.skipTags();
  return subtopologies ?? [];
}

function readSubtopology(reader: ByteReader): Subtopology {
  const subtopologyId = reader.compactString();
  const sources = reader.compactArray(() => reader.compactString());
  reader.compactArray(() => reader.skipCompactString());
  reader.compactArray(readInternalTopicName);
  const repartitionSources = reader.compactArray(readInternalTopicName);
  reader.skipTags();
  return { subtopologyId, sourceTopics: [...sources, ...repartitionSources] };
}

function readInternalTopicName(reader: ByteReader): string {
  const name = reader.compactString();
  reader.int32();
  reader.int16();
  reader.compactArray(skipKeyValue);
  reader.skipTags();
  return name;
}

function readMember(reader: ByteReader): DescribedStreamsMember {
  const memberId = reader.compactString();
  const memberEpoch = reader.int32();
  const instanceId = reader.compactNullableString();
  const rackId = reader.compactNullableString();
  const clientId = reader.compactString();
  const host = reader.compactString();
  reader.int32();
  reader.skipCompactString();
  reader.nullableStruct(skipEndpoint);
  reader.compactArray(skipKeyValue);
  reader.compactArray(skipTaskOffset);
  reader.compactArray(skipTaskOffset);
  const activeTasks = readActiveTasks(reader);
  const targetActiveTasks = readActiveTasks(reader);
  reader.bool();
  reader.skipTags();
  return { memberId, memberEpoch, instanceId, rackId, clientId, host, activeTasks, targetActiveTasks };
}

function readActiveTasks(reader: ByteReader): readonly StreamsTasks[] {
  const active = reader.compactArray(readTasks);
  reader.compactArray(readTasks);
  reader.compactArray(readTasks);
  reader.skipTags();
  return active;
}

function readTasks(reader: ByteReader): StreamsTasks {
  const subtopologyId = reader.compactString();
  const partitions = reader.compactArray(() => reader.int32());
  reader.skipTags();
  return { subtopologyId, partitions };
}

function skipTaskOffset(reader: ByteReader): void {
  reader.skipCompactString();
  reader.int32();
  reader.int64();
  reader.skipTags();
}

function skipKeyValue(reader: ByteReader): void {
  reader.skipCompactString();
  reader.skipCompactString();
  reader.skipTags();
}

function skipEndpoint(reader: ByteReader): void {
  reader.skipCompactString();
  reader.int16();
  reader.skipTags();
}
