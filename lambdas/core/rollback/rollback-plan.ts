import type { GroupSnapshot, GroupState, GroupType } from '../cluster/group.ts';
import type { ClusterSnapshot, ReadFailure } from '../cluster/snapshot.ts';
import type { OffsetMarker } from '../release/offset-marker.ts';
import { type PartitionFacts, type PartitionReset, type PlannedPartition, planPartition } from './plan-partition.ts';

/** What it means to put a group back to a marker, partition by partition. Nothing of it has been done. */
export interface RollbackPlan {
  readonly group: string;
  /** Null: the group is gone. Its offsets expired, or it was deleted; they can be committed anew. */
  readonly groupType: GroupType | null;
  /** When the marker was read, and when that which it is compared with (epoch). */
  readonly markedAtMs: number;
  readonly readAtMs: number;
  /** All of the marker and all that the group has committed since, by topic name, then by partition. */
  readonly partitions: readonly PlannedPartition[];
  /** Why it can't be applied as things are: half a rollback is worse than none. Empty: it can. */
  readonly obstacles: readonly RollbackObstacle[];
}

/** What stands in the way of a whole rollback. */
export type RollbackObstacle =
  /** Share groups have no committed offsets: which records are done is the broker's own state (KIP-932). */
  | { readonly kind: 'shareGroup' }
  /** Kafka refuses commits from outside while a group has members. Null: they could not be counted. */
  | { readonly kind: 'notEmpty'; readonly state: GroupState; readonly members: number | null }
  /** Kafka took no offset, for these reasons by its own names. */
  | { readonly kind: 'brokerRefused'; readonly errors: readonly string[] }
  /** Not known, and so not guessed at. */
  | { readonly kind: 'unread'; readonly what: string };

/** A commit that a rollback makes. */
export type PlannedReset = PlannedPartition & PartitionReset;

/** Compares a marker with a reading that holds the group, and the logs of its commits and of the marker's topics. */
export function planRollback(group: string, marker: OffsetMarker, now: ClusterSnapshot): RollbackPlan {
  const found = now.groups.get(group);
  const partitions = factsOf(marker, found, now).map(planPartition);
  return {
    group,
    groupType: found?.type ?? null,
    markedAtMs: marker.atMs,
    readAtMs: now.atMs,
    partitions,
    obstacles: [...obstaclesOfGroup(group, now), ...partitions.flatMap(obstacleOfPartition)],
  };
}

/** The commits that a plan comes to. */
export const resetsOf = ({ partitions }: RollbackPlan): readonly PlannedReset[] =>
  partitions.filter((planned): planned is PlannedReset => planned.kind === 'reset');

function obstaclesOfGroup(group: string, { groups, failures }: ClusterSnapshot): readonly RollbackObstacle[] {
  const found = groups.get(group);
  if (found === undefined) {
    return failures
      .filter((failure) => couldHide(failure, group))
      .map(({ message }) => ({ kind: 'unread', what: message }));
  }
  if (found.type === 'share') return [{ kind: 'shareGroup' }];
  if (found.state === 'Empty' || found.state === 'Dead') return [];
  return [{ kind: 'notEmpty', state: found.state, members: found.members?.length ?? null }];
}

/** A group that is not shown may be on a broker that did not answer, or in a part of Kafka's own topic that nobody leads. */
function couldHide(failure: ReadFailure, group: string): boolean {
  switch (failure.part) {
    case 'broker':
      return true;
    case 'group':
    case 'members':
      return failure.group === group;
    case 'partition':
      return failure.topic === '__consumer_offsets';
  }
}

function obstacleOfPartition(planned: PlannedPartition): readonly RollbackObstacle[] {
  if (planned.kind !== 'unread') return [];
  return [{ kind: 'unread', what: `the log of ${planned.topic}/${planned.partition} could not be read` }];
}

function factsOf(
  marker: OffsetMarker,
  found: GroupSnapshot | undefined,
  { topics, failures }: ClusterSnapshot,
): readonly PartitionFacts[] {
  const marked = new Map(marker.partitions.map((partition) => [keyOf(partition), partition]));
  const countedTopics = new Set(marker.partitions.filter(({ log }) => log !== null).map(({ topic }) => topic));
  const committed = [...(found?.committed ?? [])].flatMap(([topic, offsets]) =>
    offsets.flatMap((offset, partition) => (offset === null ? [] : [{ topic, partition }])),
  );
  const places = new Map([...marker.partitions, ...committed].map((place) => [keyOf(place), place]));
  return [...places]
    .map(([key, { topic, partition }]) => ({
      topic,
      partition,
      marked: marked.get(key) ?? null,
      topicWasMarked: countedTopics.has(topic),
      committedOffset: found?.committed.get(topic)?.[partition] ?? null,
      log: logOf({ topics, failures }, topic, partition),
    }))
    .sort(byPlace);
}

/** A reading leaves out what does not exist, and tells of what failed. */
function logOf(
  { topics, failures }: Pick<ClusterSnapshot, 'topics' | 'failures'>,
  topic: string,
  partition: number,
): PartitionFacts['log'] {
  const log = topics.get(topic)?.[partition] ?? null;
  if (log !== null) return { startOffset: log.logStartOffset, endOffset: log.logEndOffset };
  const failed = failures.some(
    (failure) =>
      failure.part === 'broker' ||
      (failure.part === 'partition' && failure.topic === topic && failure.partition === partition),
  );
  return failed ? 'unread' : 'gone';
}

const keyOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${topic}/${partition}`;

/** By code units: the order must not depend on the machine's locale. */
function byPlace(one: PartitionFacts, other: PartitionFacts): number {
  if (one.topic !== other.topic) return one.topic < other.topic ? -1 : 1;
  return one.partition - other.partition;
}
