import { type Answer, type ApiName, type ScriptedBroker, startScriptedBroker, type Wire } from './scripted-broker.ts';

/** A small cluster's truth, from which every broker answers. Node ids count from 1. */
export interface ClusterScript {
  /** Number of brokers; 1 unless said. */
  readonly nodes?: number;
  /** By topic, its partitions. */
  readonly topics?: Readonly<Record<string, readonly ScriptedPartition[]>>;
  readonly groups?: Readonly<Record<string, ScriptedGroup>>;
  /** What Metadata says of topics that are not there when asked by name. */
  readonly missingTopicError?: number;
  /** Operations on the cluster that the principal may do; all by default. */
  readonly clusterOperations?: number;
  readonly lacks?: readonly ApiName[];
  /** Says something else than the truth: gets it as `truth()`. */
  readonly instead?: (question: {
    api: ApiName;
    node: number;
    request: Wire;
    nth: number;
    truth: () => Wire;
  }) => Answer | undefined;
}

export interface ScriptedPartition {
  readonly leader?: number;
  readonly start?: number;
  readonly end?: number | bigint;
  /** Last stable offset; the end unless said. */
  readonly stable?: number;
  readonly newestAtMs?: number;
}

export interface ScriptedGroup {
  readonly coordinator?: number;
  readonly type?: string;
  readonly protocolType?: string;
  readonly state?: string;
  /** By topic, offset by partition; null: none. */
  readonly committed?: Readonly<Record<string, readonly (number | bigint | null)[]>>;
  readonly members?: readonly Wire[];
}

export interface ScriptedCluster {
  readonly brokers: readonly string[];
  readonly nodes: readonly ScriptedBroker[];
  stop(): Promise<void>;
}

export async function startScriptedCluster(asWritten: ClusterScript): Promise<ScriptedCluster> {
  // Its own copy of the groups: commits change it.
  const script = { ...asWritten, groups: { ...asWritten.groups } };
  const ports: number[] = [];
  const counts = new Map<string, number>();
  const answerOf =
    (node: number) =>
    (api: ApiName, request: Wire): Answer => {
      const count = (counts.get(`${node} ${api}`) ?? 0) + 1;
      counts.set(`${node} ${api}`, count);
      const truth = () => TRUTHS[api](script, { node, request, ports });
      return script.instead?.({ api, node, request, nth: count, truth }) ?? truth();
    };
  const nodes: ScriptedBroker[] = [];
  for (let node = 1; node <= (script.nodes ?? 1); node += 1) {
    nodes.push(await startScriptedBroker({ answer: answerOf(node), lacks: script.lacks ?? [] }));
  }
  ports.push(...nodes.map(({ port }) => port));
  return {
    brokers: ports.map((port) => `127.0.0.1:${port}`),
    nodes,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

/** A script whose groups may change. */
type LiveScript = ClusterScript & { readonly groups?: Record<string, ScriptedGroup> };

type Truth = (script: LiveScript, asked: { node: number; request: Wire; ports: readonly number[] }) => Wire;

const ALL_OPERATIONS = 0x0fff;
const tags = { tags: [] };
const head = { throttle_time_ms: 0, ...tags };

const groupOf = (script: ClusterScript, name: string): ScriptedGroup => script.groups?.[name] ?? {};

const metadata: Truth = (script, { request, ports }) => ({
  ...head,
  brokers: ports.map((port, index) => ({ node_id: index + 1, host: '127.0.0.1', port, rack: null, ...tags })),
  cluster_id: 'scripted',
  controller_id: 1,
  topics: (request.topics?.map(({ name }: Wire) => name) ?? Object.keys(script.topics ?? {})).map((name: string) => ({
    error_code: script.topics?.[name] === undefined ? (script.missingTopicError ?? 3) : 0,
    name,
    is_internal: false,
    partitions: (script.topics?.[name] ?? []).map(({ leader = 1 }, partition_index) => ({
      error_code: leader < 0 ? 5 : 0,
      partition_index,
      leader_id: leader,
      leader_epoch: 0,
      replica_nodes: [leader],
      isr_nodes: [leader],
      offline_replicas: [],
      ...tags,
    })),
    topic_authorized_operations: 0,
    ...tags,
  })),
  cluster_authorized_operations: script.clusterOperations ?? ALL_OPERATIONS,
});

const listGroups: Truth = (script, { node }) => ({
  ...head,
  error_code: 0,
  groups: Object.entries(script.groups ?? {})
    .filter(([, { coordinator = 1 }]) => coordinator === node)
    .map(([group_id, { type = 'classic', protocolType = 'consumer', state = 'Empty' }]) => ({
      group_id,
      protocol_type: protocolType,
      group_state: state,
      group_type: type,
      ...tags,
    })),
});

const offsetFetch: Truth = (script, { request }) => ({
  ...head,
  groups: request.groups.map(({ group_id }: Wire) => ({
    group_id,
    topics: Object.entries(groupOf(script, group_id).committed ?? {}).map(([name, offsets]) => ({
      name,
      partitions: offsets.flatMap((offset, partition_index) =>
        offset === null
          ? []
          : [
              {
                partition_index,
                committed_offset: offset,
                committed_leader_epoch: -1,
                metadata: '',
                error_code: 0,
                ...tags,
              },
            ],
      ),
      ...tags,
    })),
    error_code: 0,
    ...tags,
  })),
});

const listOffsets: Truth = (script, { request }) => ({
  ...head,
  topics: request.topics.map(({ name, partitions }: Wire) => ({
    name,
    partitions: partitions.map(({ partition_index, timestamp }: Wire) => {
      const { start = 0, end = 0, stable = end, newestAtMs = -1 } = script.topics?.[name]?.[partition_index] ?? {};
      const latest = request.isolation_level === 1 ? stable : end;
      return {
        partition_index,
        error_code: 0,
        timestamp: timestamp === -3n ? newestAtMs : -1,
        offset: timestamp === -2n ? start : latest,
        leader_epoch: 0,
        ...tags,
      };
    }),
    ...tags,
  })),
});

const described =
  (names: (request: Wire) => string[], epochs: boolean): Truth =>
  (script, { request }) => ({
    ...head,
    groups: names(request).map((group_id) => {
      const { state = 'Empty', protocolType = 'consumer', members = [] } = groupOf(script, group_id);
      return {
        error_code: 0,
        error_message: null,
        group_id,
        group_state: state,
        ...(epochs
          ? { group_epoch: 3, assignment_epoch: 2, assignor_name: 'uniform', topology: null }
          : { protocol_type: protocolType, protocol_data: 'range' }),
        members,
        authorized_operations: 0,
        ...tags,
      };
    }),
  });

const shareOffsets: Truth = (script, { request }) => ({
  ...head,
  groups: request.groups.map(({ group_id }: Wire) => ({
    group_id,
    topics: Object.entries(groupOf(script, group_id).committed ?? {}).map(([topic_name, offsets]) => ({
      topic_name,
      topic_id: null,
      partitions: offsets.map((offset, partition_index) => ({
        partition_index,
        start_offset: offset ?? -1,
        leader_epoch: 0,
        lag: 7,
        error_code: 0,
        error_message: null,
        ...tags,
      })),
      ...tags,
    })),
    error_code: 0,
    error_message: null,
    ...tags,
  })),
});

const findCoordinator: Truth = (script, { request, ports }) => ({
  ...head,
  coordinators: request.coordinator_keys.map((key: string) => {
    const node_id = groupOf(script, key).coordinator ?? 1;
    return {
      key,
      node_id,
      host: '127.0.0.1',
      port: ports[node_id - 1] ?? 0,
      error_code: 0,
      error_message: null,
      ...tags,
    };
  }),
});

/** Takes offsets of a group without members, as if any member that commits were unknown. */
const offsetCommit: Truth = (script, { node, request }) => {
  const { group_id, topics } = request;
  const group = groupOf(script, group_id);
  const { coordinator = 1, state = 'Empty' } = group;
  const error_code = coordinator !== node ? 16 : state === 'Empty' ? 0 : 25;
  if (error_code === 0 && script.groups !== undefined) {
    const committed: Record<string, (number | bigint | null)[]> = Object.fromEntries(
      Object.entries(group.committed ?? {}).map(([topic, offsets]) => [topic, [...offsets]]),
    );
    for (const { name, partitions } of topics) {
      const offsets = committed[name] ?? [];
      for (const { partition_index, committed_offset } of partitions) {
        while (offsets.length < partition_index) offsets.push(null);
        offsets[partition_index] = committed_offset;
      }
      committed[name] = offsets;
    }
    script.groups[group_id] = { ...group, committed };
  }
  return {
    ...head,
    topics: topics.map(({ name, partitions }: Wire) => ({
      name,
      partitions: partitions.map(({ partition_index }: Wire) => ({ partition_index, error_code, ...tags })),
      ...tags,
    })),
  };
};

const TRUTHS: Readonly<Record<ApiName, Truth>> = {
  Metadata: metadata,
  ListGroups: listGroups,
  OffsetFetch: offsetFetch,
  ListOffsets: listOffsets,
  DescribeGroups: described(({ groups }) => groups, false),
  ConsumerGroupDescribe: described(({ group_ids }) => group_ids, true),
  ShareGroupDescribe: described(({ group_ids }) => group_ids, true),
  StreamsGroupDescribe: described(({ group_ids }) => group_ids, true),
  DescribeShareGroupOffsets: shareOffsets,
  OffsetCommit: offsetCommit,
  FindCoordinator: findCoordinator,
};
