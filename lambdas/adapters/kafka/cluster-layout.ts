import type { MetadataResponse, MetadataTopic } from './api/metadata.ts';
import type { BrokerAddress } from './broker-address.ts';

/** Which brokers there are and who leads what, out of Metadata. */
export interface ClusterLayout {
  readonly brokers: ReadonlyMap<number, BrokerAddress>;
  readonly topics: ReadonlyMap<string, TopicLayout>;
  /** Null where the broker's version does not tell. */
  readonly mayDescribeCluster: boolean | null;
}

export interface TopicLayout {
  readonly errorCode: number;
  /** By partition, the broker that leads it; null: no leader. */
  readonly leaders: readonly (number | null)[];
}

/** AclOperation.DESCRIBE in the bit field of authorized operations. */
const DESCRIBE_BIT = 1 << 8;

/** A partition number beyond this is not believed: arrays are indexed by it. */
export const PARTITIONS_MAX = 100_000;

export function layoutOf(metadata: MetadataResponse): ClusterLayout {
  const { brokers, topics, clusterOperations } = metadata;
  return {
    brokers: new Map(brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }])),
    topics: new Map(topics.map((topic) => [topic.name, topicLayoutOf(topic)])),
    mayDescribeCluster: clusterOperations === null ? null : (clusterOperations & DESCRIBE_BIT) !== 0,
  };
}

/** Newer facts about some topics over what was known of all. Brokers that only one of the two names are kept. */
export function mergeLayouts(known: ClusterLayout, newer: ClusterLayout): ClusterLayout {
  return {
    brokers: new Map([...known.brokers, ...newer.brokers]),
    topics: new Map([...known.topics, ...newer.topics]),
    mayDescribeCluster: known.mayDescribeCluster,
  };
}

function topicLayoutOf({ errorCode, partitions }: MetadataTopic): TopicLayout {
  const leaders: (number | null)[] = [];
  for (const { partition, leaderId } of partitions) {
    if (partition < 0 || partition >= PARTITIONS_MAX) continue;
    while (leaders.length <= partition) leaders.push(null);
    leaders[partition] = leaderId < 0 ? null : leaderId;
  }
  return { errorCode, leaders };
}
