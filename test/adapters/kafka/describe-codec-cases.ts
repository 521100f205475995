import { CONSUMER_GROUP_DESCRIBE } from '../../../lambdas/adapters/kafka/api/consumer-group-describe.ts';
import { DESCRIBE_GROUPS } from '../../../lambdas/adapters/kafka/api/describe-groups.ts';
import { SHARE_GROUP_DESCRIBE } from '../../../lambdas/adapters/kafka/api/share-group-describe.ts';
import { STREAMS_GROUP_DESCRIBE } from '../../../lambdas/adapters/kafka/api/streams-group-describe.ts';
import type { WireValue } from '../../builders/wire-grammar.ts';
import { anyGroups, type Codec, noTags, type Wire } from './codec-case.ts';

const groupIds = ({ groups }: { groups: readonly string[] }): WireValue => ({
  group_ids: [...groups],
  include_authorized_operations: false,
  ...noTags,
});
const assignment = (wire: Wire) =>
  wire.topic_partitions.map(({ topic_name, partitions }: Wire) => ({ topic: topic_name, partitions }));
const groupHead = (wire: Wire) => ({
  group: wire.group_id,
  errorCode: wire.error_code,
  errorMessage: wire.error_message ?? null,
  state: wire.group_state,
});
const epochs = (wire: Wire) => ({ groupEpoch: wire.group_epoch, assignmentEpoch: wire.assignment_epoch });
const memberHead = (wire: Wire) => ({ memberId: wire.member_id, clientId: wire.client_id, host: wire.client_host });
const tasks = (wire: Wire) =>
  wire.active_tasks.map(({ subtopology_id, partitions }: Wire) => ({ subtopologyId: subtopology_id, partitions }));

const describeGroups: Codec<{ groups: readonly string[] }, Wire> = {
  api: DESCRIBE_GROUPS,
  file: 'describe-groups',
  requests: { 5: 5, 6: 5 },
  responses: { 5: 5, 6: 6 },
  request: anyGroups,
  requestFields: ({ groups }) => ({ groups: [...groups], include_authorized_operations: false, ...noTags }),
  responseOf: (wire) =>
    wire.groups.map((group: Wire) => ({
      ...groupHead(group),
      protocolType: group.protocol_type,
      members: group.members.map((member: Wire) => ({
        ...memberHead(member),
        instanceId: member.group_instance_id,
        metadata: member.member_metadata,
        assignment: member.member_assignment,
      })),
    })),
};

const consumerGroupDescribe: Codec<{ groups: readonly string[] }, Wire> = {
  api: CONSUMER_GROUP_DESCRIBE,
  file: 'consumer-group-describe',
  requests: { 0: 0, 1: 0 },
  responses: { 0: 0, 1: 1 },
  request: anyGroups,
  requestFields: groupIds,
  responseOf: (wire) =>
    wire.groups.map((group: Wire) => ({
      ...groupHead(group),
      ...epochs(group),
      members: group.members.map((member: Wire) => ({
        ...memberHead(member),
        instanceId: member.instance_id,
        rackId: member.rack_id,
        memberEpoch: member.member_epoch,
        assigned: assignment(member.assignment),
        target: assignment(member.target_assignment),
      })),
    })),
};

const shareGroupDescribe: Codec<{ groups: readonly string[] }, Wire> = {
  api: SHARE_GROUP_DESCRIBE,
  file: 'share-group-describe',
  requests: { 1: 1 },
  responses: { 1: 1 },
  request: anyGroups,
  requestFields: groupIds,
  responseOf: (wire) =>
    wire.groups.map((group: Wire) => ({
      ...groupHead(group),
      ...epochs(group),
      members: group.members.map((member: Wire) => ({
        ...memberHead(member),
        rackId: member.rack_id,
        memberEpoch: member.member_epoch,
        assigned: assignment(member.assignment),
      })),
    })),
};

const streamsGroupDescribe: Codec<{ groups: readonly string[] }, Wire> = {
  api: STREAMS_GROUP_DESCRIBE,
  file: 'streams-group-describe',
  requests: { 0: 0 },
  responses: { 0: 0 },
  request: anyGroups,
  requestFields: groupIds,
  responseOf: (wire) =>
    wire.groups.map((group: Wire) => ({
      ...groupHead(group),
      ...epochs(group),
      subtopologies: (group.topology?.subtopologies ?? []).map((subtopology: Wire) => ({
        subtopologyId: subtopology.subtopology_id,
        sourceTopics: [
          ...subtopology.source_topics,
          ...subtopology.repartition_source_topics.map(({ name }: Wire) => name),
        ],
      })),
      members: group.members.map((member: Wire) => ({
        ...memberHead(member),
        instanceId: member.instance_id,
        rackId: member.rack_id,
        memberEpoch: member.member_epoch,
        activeTasks: tasks(member.assignment),
        targetActiveTasks: tasks(member.target_assignment),
      })),
    })),
};

/** The describe calls of the four group types. */
export const DESCRIBE_CODECS = [describeGroups, consumerGroupDescribe, shareGroupDescribe, streamsGroupDescribe];
