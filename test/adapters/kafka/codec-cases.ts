import fc from 'fast-check';
import { DESCRIBE_SHARE_GROUP_OFFSETS } from '../../../lambdas/adapters/kafka/api/describe-share-group-offsets.ts';
import { FIND_COORDINATOR } from '../../../lambdas/adapters/kafka/api/find-coordinator.ts';
import { LIST_GROUPS } from '../../../lambdas/adapters/kafka/api/list-groups.ts';
import { LIST_OFFSETS } from '../../../lambdas/adapters/kafka/api/list-offsets.ts';
import { METADATA } from '../../../lambdas/adapters/kafka/api/metadata.ts';
import { OFFSET_COMMIT } from '../../../lambdas/adapters/kafka/api/offset-commit.ts';
import { OFFSET_FETCH } from '../../../lambdas/adapters/kafka/api/offset-fetch.ts';
import { anyGroups, type Codec, noTags, type Wire } from './codec-case.ts';
import { DESCRIBE_CODECS } from './describe-codec-cases.ts';

const metadata: Codec<{ topics: readonly string[] | null }, Wire> = {
  api: METADATA,
  file: 'metadata',
  requests: { 9: 9, 12: 12 },
  responses: { 9: 9, 12: 12 },
  request: fc.record({ topics: fc.option(fc.array(fc.string(), { maxLength: 5 }), { nil: null }) }),
  requestFields: ({ topics }, version) => ({
    topics:
      topics?.map((name) => ({ ...(version >= 12 ? { topic_id: Buffer.alloc(16) } : {}), name, ...noTags })) ?? null,
    allow_auto_topic_creation: false,
    ...(version < 12 ? { include_cluster_authorized_operations: true } : {}),
    include_topic_authorized_operations: false,
    ...noTags,
  }),
  responseOf: (wire, version) => ({
    brokers: wire.brokers.map(({ node_id, host, port }: Wire) => ({ nodeId: node_id, host, port })),
    topics: wire.topics.map(({ error_code, name, partitions }: Wire) => ({
      errorCode: error_code,
      name: name ?? '',
      partitions: partitions.map((partition: Wire) => ({
        errorCode: partition.error_code,
        partition: partition.partition_index,
        leaderId: partition.leader_id,
      })),
    })),
    clusterOperations: version < 12 ? wire.cluster_authorized_operations : null,
  }),
};

const listGroups: Codec<Record<never, never>, Wire> = {
  api: LIST_GROUPS,
  file: 'list-groups',
  requests: { 4: 4, 5: 5 },
  responses: { 4: 4, 5: 5 },
  request: fc.constant({}),
  requestFields: (_, version) => ({ states_filter: [], ...(version >= 5 ? { types_filter: [] } : {}), ...noTags }),
  responseOf: (wire) => ({
    errorCode: wire.error_code,
    groups: wire.groups.map(({ group_id, protocol_type, group_state, group_type }: Wire) => ({
      group: group_id,
      protocolType: protocol_type,
      state: group_state,
      type: group_type ?? '',
    })),
  }),
};

const offsetFetch: Codec<{ groups: readonly string[] }, Wire> = {
  api: OFFSET_FETCH,
  file: 'offset-fetch',
  requests: { 8: 8, 9: 9 },
  responses: { 8: 8, 9: 9 },
  request: anyGroups,
  requestFields: ({ groups }, version) => ({
    groups: groups.map((group_id) => ({
      group_id,
      ...(version >= 9 ? { member_id: null, member_epoch: -1 } : {}),
      topics: null,
      ...noTags,
    })),
    require_stable: false,
    ...noTags,
  }),
  responseOf: (wire) =>
    wire.groups.map(({ group_id, error_code, topics }: Wire) => ({
      group: group_id,
      errorCode: error_code,
      topics: topics.map(({ name, partitions }: Wire) => ({
        topic: name,
        partitions: partitions.map((partition: Wire) => ({
          partition: partition.partition_index,
          offset: Number(partition.committed_offset),
          errorCode: partition.error_code,
        })),
      })),
    })),
};

const offsetCommit: Codec<Parameters<typeof OFFSET_COMMIT.encode>[1], Wire> = {
  api: OFFSET_COMMIT,
  file: 'offset-commit',
  requests: { 8: 8, 9: 8 },
  responses: { 8: 8, 9: 8 },
  request: fc.record({
    group: fc.string(),
    topics: fc
      .array(
        fc.tuple(
          fc.string(),
          fc.array(fc.record({ partition: fc.nat(1_000), offset: fc.maxSafeNat() }), { maxLength: 5 }),
        ),
        { maxLength: 5 },
      )
      .map((entries) => new Map(entries)),
  }),
  requestFields: ({ group, topics }) => ({
    group_id: group,
    generation_id: -1,
    member_id: '',
    group_instance_id: null,
    topics: [...topics].map(([name, partitions]) => ({
      name,
      partitions: partitions.map(({ partition, offset }) => ({
        partition_index: partition,
        committed_offset: BigInt(offset),
        committed_leader_epoch: -1,
        committed_metadata: '',
        ...noTags,
      })),
      ...noTags,
    })),
    ...noTags,
  }),
  responseOf: (wire) =>
    wire.topics.map(({ name, partitions }: Wire) => ({
      topic: name,
      partitions: partitions.map(({ partition_index, error_code }: Wire) => ({
        partition: partition_index,
        errorCode: error_code,
      })),
    })),
};

const listOffsets: Codec<Parameters<typeof LIST_OFFSETS.encode>[1], Wire> = {
  api: LIST_OFFSETS,
  file: 'list-offsets',
  requests: { 7: 7, 8: 7, 9: 7, 10: 10, 11: 10 },
  responses: { 7: 7, 8: 7, 9: 7, 10: 7, 11: 7 },
  request: fc.record({
    topics: fc
      .array(fc.tuple(fc.string(), fc.array(fc.nat(1_000), { maxLength: 5 })), { maxLength: 5 })
      .map((entries) => new Map(entries)),
    position: fc.constantFrom(-1, -2, -3),
    readCommitted: fc.boolean(),
    timeoutMs: fc.nat(60_000),
  }),
  requestFields: ({ topics, position, readCommitted, timeoutMs }, version) => ({
    replica_id: -1,
    isolation_level: readCommitted ? 1 : 0,
    topics: [...topics].map(([name, partitions]) => ({
      name,
      partitions: partitions.map((partition_index) => ({
        partition_index,
        current_leader_epoch: -1,
        timestamp: BigInt(position),
        ...noTags,
      })),
      ...noTags,
    })),
    ...(version >= 10 ? { timeout_ms: timeoutMs } : {}),
    ...noTags,
  }),
  responseOf: (wire) =>
    wire.topics.map(({ name, partitions }: Wire) => ({
      topic: name,
      partitions: partitions.map(({ partition_index, error_code, timestamp, offset }: Wire) => ({
        partition: partition_index,
        errorCode: error_code,
        timestampMs: Number(timestamp),
        offset: Number(offset),
      })),
    })),
};

const describeShareGroupOffsets: Codec<{ groups: readonly string[] }, Wire> = {
  api: DESCRIBE_SHARE_GROUP_OFFSETS,
  file: 'describe-share-group-offsets',
  requests: { 0: 0, 1: 0 },
  responses: { 0: 0, 1: 1 },
  request: anyGroups,
  requestFields: ({ groups }) => ({
    groups: groups.map((group_id) => ({ group_id, topics: null, ...noTags })),
    ...noTags,
  }),
  responseOf: (wire, version) =>
    wire.groups.map((group: Wire) => ({
      group: group.group_id,
      errorCode: group.error_code,
      errorMessage: group.error_message,
      topics: group.topics.map(({ topic_name, partitions }: Wire) => ({
        topic: topic_name,
        partitions: partitions.map((partition: Wire) => ({
          partition: partition.partition_index,
          startOffset: Number(partition.start_offset),
          lag: version >= 1 ? Number(partition.lag) : null,
          errorCode: partition.error_code,
        })),
      })),
    })),
};

const findCoordinator: Codec<{ groups: readonly string[] }, Wire> = {
  api: FIND_COORDINATOR,
  file: 'find-coordinator',
  requests: { 4: 4, 5: 4, 6: 4 },
  responses: { 4: 4, 5: 4, 6: 4 },
  request: anyGroups,
  requestFields: ({ groups }) => ({ key_type: 0, coordinator_keys: [...groups], ...noTags }),
  responseOf: (wire) =>
    wire.coordinators.map(({ key, node_id, error_code, error_message }: Wire) => ({
      group: key,
      nodeId: node_id,
      errorCode: error_code,
      errorMessage: error_message,
    })),
};

/** Every API that is spoken. */
export const CODECS = [
  ...DESCRIBE_CODECS,
  metadata,
  listGroups,
  offsetFetch,
  offsetCommit,
  listOffsets,
  describeShareGroupOffsets,
  findCoordinator,
] as unknown as readonly Codec<unknown, unknown>[];
