import type { GroupSnapshot, Member } from '../../../core/cluster/group.ts';
import { areTopicsOf, topicsOf } from '../../../core/cluster/one-group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../../core/cluster/snapshot.ts';
import { lagOf } from '../../../core/lag/lag.ts';
import type { GroupVerdict, PartitionOwner, PartitionVerdict } from '../../../core/status/verdict.ts';

/** What a snapshot alone says about a partition of a group. A verdict that says the same need not repeat it. */
export type PartitionFacts = Pick<PartitionVerdict, 'committedOffset' | 'logEndOffset' | 'lagMessages' | 'owner'>;

/** A topic, and how many partitions a verdict tells of it. */
export type TopicShape = readonly [topic: string, partitions: number];

/** A group in a snapshot; null where it is not in it: then there is nothing to expect. */
export interface GroupFacts {
  readonly snapshot: ClusterSnapshot;
  readonly group: GroupSnapshot | null;
}

/** What a snapshot says of one topic of a group, by partition. */
export interface TopicFacts {
  readonly logs: readonly (PartitionLog | null)[];
  readonly committed: readonly (number | null)[];
  readonly owners: readonly (PartitionOwner | undefined)[];
}

export const groupFactsOf = (snapshot: ClusterSnapshot, name: string): GroupFacts => ({
  snapshot,
  group: snapshot.groups.get(name) ?? null,
});

/** The topics that a verdict is expected to tell of, in its order. */
export function shapeOf(facts: GroupFacts): readonly TopicShape[] {
  if (facts.group === null) return [];
  return [...topicsOf(facts.group)].sort().map((topic) => [topic, partitionsOf(facts, topic)]);
}

/** Whether a verdict tells of just what `shapeOf` gives, without making a list of it for each of many groups. */
export function hasShape(partitions: GroupVerdict['partitions'], facts: GroupFacts): boolean {
  const { group } = facts;
  if (group === null) return partitions.size === 0;
  let last: string | null = null;
  for (const [topic, { length }] of partitions) {
    if ((last !== null && topic <= last) || length !== partitionsOf(facts, topic)) return false;
    last = topic;
  }
  return areTopicsOf(group, partitions);
}

const partitionsOf = ({ snapshot, group }: GroupFacts, topic: string): number =>
  Math.max(group?.committed.get(topic)?.length ?? 0, snapshot.topics.get(topic)?.length ?? 0);

export const topicFactsOf = ({ snapshot, group }: GroupFacts, topic: string): TopicFacts => ({
  logs: snapshot.topics.get(topic) ?? [],
  committed: group?.committed.get(topic) ?? [],
  owners: ownersOfTopic(group?.members ?? [], topic),
});

export function partitionFactsOf(facts: TopicFacts, partition: number): PartitionFacts {
  return {
    committedOffset: facts.committed[partition] ?? null,
    logEndOffset: facts.logs[partition]?.logEndOffset ?? null,
    lagMessages: lagIn(facts, partition),
    owner: facts.owners[partition] ?? null,
  };
}

/** Whether the snapshot tells all of this that the verdict does. No facts are made for it: there are a great many. */
export function tellsAll(facts: TopicFacts, partition: number, verdict: PartitionFacts): boolean {
  const owner = facts.owners[partition];
  return (
    verdict.committedOffset === (facts.committed[partition] ?? null) &&
    verdict.logEndOffset === (facts.logs[partition]?.logEndOffset ?? null) &&
    verdict.lagMessages === lagIn(facts, partition) &&
    verdict.owner?.clientId === owner?.clientId &&
    verdict.owner?.host === owner?.host
  );
}

function lagIn({ logs, committed }: TopicFacts, partition: number): number | null {
  const log = logs[partition] ?? null;
  const committedOffset = committed[partition] ?? null;
  if (log === null || committedOffset === null) return null;
  const lag = lagOf({ logStartOffset: log.logStartOffset, logEndOffset: log.logEndOffset, committedOffset });
  return lag.kind === 'started' ? lag.lagMessages : null;
}

const NOBODY: readonly undefined[] = [];

/** By partition: as `ownersOf` tells it for all topics at once, of which most groups have one. */
function ownersOfTopic(members: readonly Member[], topic: string): readonly (PartitionOwner | undefined)[] {
  let owners: (PartitionOwner | undefined)[] | null = null;
  for (const member of members) {
    const partitions = member.assigned.get(topic);
    if (partitions === undefined) continue;
    owners ??= [];
    // Left sparse: members name their partitions themselves, and may name one far beyond the last.
    for (const partition of partitions) owners[partition] = member;
  }
  return owners ?? NOBODY;
}
