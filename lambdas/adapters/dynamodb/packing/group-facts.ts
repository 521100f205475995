import type { GroupSnapshot } from '../../../core/cluster/group.ts';
import { topicsOf } from '../../../core/cluster/one-group.ts';
import { type Owner, type Owners, ownersOf } from '../../../core/cluster/owners.ts';
import type { ClusterSnapshot, PartitionLog } from '../../../core/cluster/snapshot.ts';
import { lagOf } from '../../../core/lag/lag.ts';
import type { GroupVerdict, PartitionVerdict } from '../../../core/status/verdict.ts';

/** What a snapshot alone says about a partition of a group. A verdict that says the same need not repeat it. */
export type PartitionFacts = Pick<PartitionVerdict, 'committedOffset' | 'logEndOffset' | 'lagMessages' | 'owner'>;

/** A topic, and how many partitions a verdict tells of it. */
export type TopicShape = readonly [topic: string, partitions: number];

/** A group in a snapshot; null where it is not in it: then there is nothing to expect. */
export interface GroupFacts {
  readonly snapshot: ClusterSnapshot;
  readonly group: GroupSnapshot | null;
  readonly owners: Owners;
}

/** What a snapshot says of one topic of a group, by partition. */
export interface TopicFacts {
  readonly logs: readonly (PartitionLog | null)[];
  readonly committed: readonly (number | null)[];
  readonly owners: readonly (Owner | undefined)[];
}

export function groupFactsOf(snapshot: ClusterSnapshot, name: string): GroupFacts {
  const group = snapshot.groups.get(name) ?? null;
  return { snapshot, group, owners: (group && ownersOf(group)) ?? new Map() };
}

/** The topics that a verdict is expected to tell of, in its order. */
export function shapeOf({ snapshot, group }: GroupFacts): readonly TopicShape[] {
  if (group === null) return [];
  return [...topicsOf(group)].sort().map((topic) => {
    const committed = group.committed.get(topic)?.length ?? 0;
    return [topic, Math.max(committed, snapshot.topics.get(topic)?.length ?? 0)];
  });
}

export function hasShape(partitions: GroupVerdict['partitions'], shape: readonly TopicShape[]): boolean {
  if (partitions.size !== shape.length) return false;
  let nth = 0;
  for (const [topic, { length }] of partitions) {
    const [expected, expectedLength] = shape[nth++] ?? [];
    if (topic !== expected || length !== expectedLength) return false;
  }
  return true;
}

export const topicFactsOf = ({ snapshot, group, owners }: GroupFacts, topic: string): TopicFacts => ({
  logs: snapshot.topics.get(topic) ?? [],
  committed: group?.committed.get(topic) ?? [],
  owners: owners.get(topic) ?? [],
});

export function partitionFactsOf({ logs, committed, owners }: TopicFacts, partition: number): PartitionFacts {
  const log = logs[partition] ?? null;
  const committedOffset = committed[partition] ?? null;
  return {
    committedOffset,
    logEndOffset: log?.logEndOffset ?? null,
    lagMessages: log === null || committedOffset === null ? null : startedLag(log, committedOffset),
    owner: owners[partition] ?? null,
  };
}

function startedLag({ logStartOffset, logEndOffset }: PartitionLog, committedOffset: number): number | null {
  const lag = lagOf({ logStartOffset, logEndOffset, committedOffset });
  return lag.kind === 'started' ? lag.lagMessages : null;
}
