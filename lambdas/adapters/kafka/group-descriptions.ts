import { type Assignment, GROUP_STATES, type GroupState, type Member } from '../../core/cluster/group.ts';
import type { DescribedConsumerGroup } from './api/consumer-group-describe.ts';
import { readMemberAssignment, readMemberRack } from './api/consumer-protocol.ts';
import type { DescribedClassicGroup, DescribedClassicMember } from './api/describe-groups.ts';
import type { DescribedShareGroup } from './api/share-group-describe.ts';
import type { DescribedStreamsGroup, StreamsTasks, Subtopology } from './api/streams-group-describe.ts';
import type { TopicPartitions } from './api/topic-partitions.ts';
import { type Description, type Outcome, refusedBy } from './group-outcome.ts';
import type { TopicKnowledge } from './group-positions.ts';

/** Kafka's GROUP_ID_NOT_FOUND. */
const NOT_FOUND = 69;

/** A state that is not known here, or none: `Unknown`. */
export function groupStateOf(name: string): GroupState {
  return GROUP_STATES.find((state) => state === name) ?? 'Unknown';
}

export function classicDescriptionOf(described: DescribedClassicGroup, topics: TopicKnowledge): Outcome<Description> {
  if (described.errorCode !== 0) return refusedBy('DescribeGroups', described);
  // Only groups that were just listed as alive are described, so `Dead` means gone since, or of another type since.
  if (described.state === 'Dead') return refusedBy('DescribeGroups', { ...described, errorCode: NOT_FOUND });
  const speaksConsumer = described.protocolType === 'consumer';
  const members = described.members.map((member) => classicMemberOf(member, { speaksConsumer, topics }));
  return { kind: 'answered', answer: { state: groupStateOf(described.state), members } };
}

export function consumerDescriptionOf(described: DescribedConsumerGroup, topics: TopicKnowledge): Outcome<Description> {
  if (described.errorCode !== 0) return refusedBy('ConsumerGroupDescribe', described);
  const members = described.members.map(({ memberEpoch, assigned, target, ...member }) => ({
    ...member,
    epoch: memberEpoch,
    assigned: assignmentOf(assigned, topics),
    target: assignmentOf(target, topics),
  }));
  return answered(described, members);
}

export function shareDescriptionOf(described: DescribedShareGroup, topics: TopicKnowledge): Outcome<Description> {
  if (described.errorCode !== 0) return refusedBy('ShareGroupDescribe', described);
  const members = described.members.map(({ memberEpoch, assigned, ...member }) => ({
    ...member,
    instanceId: null,
    epoch: memberEpoch,
    assigned: assignmentOf(assigned, topics),
  }));
  return answered(described, members);
}

export function streamsDescriptionOf(described: DescribedStreamsGroup, topics: TopicKnowledge): Outcome<Description> {
  if (described.errorCode !== 0) return refusedBy('StreamsGroupDescribe', described);
  const partitionsOfTasks = (tasks: readonly StreamsTasks[]) =>
    assignmentOf(inputOf(tasks, described.subtopologies, topics), topics);
  const members = described.members.map(({ memberEpoch, activeTasks, targetActiveTasks, ...member }) => ({
    ...member,
    epoch: memberEpoch,
    assigned: partitionsOfTasks(activeTasks),
    target: partitionsOfTasks(targetActiveTasks),
  }));
  return answered(described, members);
}

function answered(
  described: { readonly state: string; readonly groupEpoch: number; readonly assignmentEpoch: number },
  members: readonly Member[],
): Outcome<Description> {
  const epochs = { group: described.groupEpoch, assignment: described.assignmentEpoch };
  return { kind: 'answered', answer: { state: groupStateOf(described.state), members, epochs } };
}

/** Members of Connect, Schema Registry and the like write their assignment in formats of their own: none is shown. */
function classicMemberOf(
  { memberId, instanceId, clientId, host, metadata, assignment }: DescribedClassicMember,
  { speaksConsumer, topics }: { speaksConsumer: boolean; topics: TopicKnowledge },
): Member {
  return {
    memberId,
    instanceId,
    clientId,
    host,
    rackId: speaksConsumer ? readMemberRack(metadata) : null,
    assigned: speaksConsumer ? assignmentOf(readMemberAssignment(assignment), topics) : new Map(),
  };
}

/** Task p of a subtopology reads partition p of each of its source topics, as far as the topic has one. */
function inputOf(
  tasks: readonly StreamsTasks[],
  subtopologies: readonly Subtopology[],
  { partitionsOf }: TopicKnowledge,
): readonly TopicPartitions[] {
  return tasks.flatMap(({ subtopologyId, partitions }) => {
    const sources = subtopologies.find((candidate) => candidate.subtopologyId === subtopologyId)?.sourceTopics ?? [];
    return sources.map((topic) => ({
      topic,
      partitions: partitions.filter((partition) => partition < partitionsOf(topic)),
    }));
  });
}

function assignmentOf(assigned: readonly TopicPartitions[], { allowsTopic }: TopicKnowledge): Assignment {
  const byTopic = new Map<string, number[]>();
  for (const { topic, partitions } of assigned) {
    if (partitions.length > 0 && allowsTopic(topic)) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...partitions]);
  }
  for (const partitions of byTopic.values()) partitions.sort((one, other) => one - other);
  return byTopic;
}
