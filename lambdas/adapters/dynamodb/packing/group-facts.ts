import { topicsOf } from '../../../core/cluster/one-group.ts';
import { type Owners, ownersOf } from '../../../core/cluster/owners.ts';
import type { ClusterSnapshot } from '../../../core/cluster/snapshot.ts';
import { lagOf } from '../../../core/lag/lag.ts';
import type { PartitionVerdict } from '../../../core/status/verdict.ts';

/** What a snapshot alone says about a partition of a group. A verdict that says the same need not repeat it. */
export type PartitionFacts = Pick<PartitionVerdict, 'committedOffset' | 'logEndOffset' | 'lagMessages' | 'owner'>;

/** A topic, and how many partitions a verdict tells of it. */
export type TopicShape = readonly [topic: string, partitions: number];

export interface GroupFacts {
  readonly shape: readonly TopicShape[];
  /** The facts of a topic's partitions, by number. */
  readonly ofTopic: (topic: string) => (partition: number) => PartitionFacts;
}

/** For a group that is not in the snapshot there is nothing to expect. */
export function groupFactsOf({ topics, groups }: ClusterSnapshot, name: string): GroupFacts {
  const group = groups.get(name);
  const owners: Owners = (group && ownersOf(group)) ?? new Map();
  const names = group === undefined ? [] : [...topicsOf(group)].sort();
  return {
    shape: names.map((topic) => {
      const committed = group?.committed.get(topic)?.length ?? 0;
      return [topic, Math.max(committed, topics.get(topic)?.length ?? 0)];
    }),
    ofTopic: (topic) => {
      const [logs, offsets, members] = [topics.get(topic), group?.committed.get(topic), owners.get(topic)];
      return (partition) => {
        const log = logs?.[partition] ?? null;
        const committedOffset = offsets?.[partition] ?? null;
        const lag = log === null || committedOffset === null ? null : lagOf({ ...log, committedOffset });
        const owner = members?.get(partition);
        return {
          committedOffset,
          logEndOffset: log?.logEndOffset ?? null,
          lagMessages: lag?.kind === 'started' ? lag.lagMessages : null,
          owner: owner === undefined ? null : { clientId: owner.clientId, host: owner.host },
        };
      };
    },
  };
}
