import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type WireApi, type WireClient, wireApi, wireClient } from './wire-client.ts';
import type { WireValue } from './wire-grammar.ts';

/** A live member of a group of one of the newer types, which no JavaScript client can be. Dies with its session. */
export interface LiveMember {
  readonly memberId: string;
  /** Partitions (or tasks) as the coordinator gave them in the last heartbeat. */
  readonly client: WireClient;
  epoch(): number;
  heartbeat(): Promise<void>;
  close(): void;
}

const TOPIC_PARTITIONS = 'carr?<{ topic_id uuid, partitions carr<i32>, tags }>';
const HEARTBEAT_RESPONSE = `throttle_time_ms i32, error_code i16, error_message cstr?, member_id cstr?, member_epoch i32,
  heartbeat_interval_ms i32, assignment nullable { topic_partitions ${TOPIC_PARTITIONS}, tags }, tags`;

const CONSUMER_HEARTBEAT = wireApi(68, 'ConsumerGroupHeartbeat', 0, {
  request: `group_id cstr, member_id cstr, member_epoch i32, instance_id cstr?, rack_id cstr?, rebalance_timeout_ms i32,
    subscribed_topic_names carr?<cstr>, server_assignor cstr?, topic_partitions ${TOPIC_PARTITIONS}, tags`,
  response: HEARTBEAT_RESPONSE,
});

const SHARE_HEARTBEAT = wireApi(76, 'ShareGroupHeartbeat', 1, {
  request: 'group_id cstr, member_id cstr, member_epoch i32, rack_id cstr?, subscribed_topic_names carr?<cstr>, tags',
  response: HEARTBEAT_RESPONSE,
});

const TASKS = 'carr?<{ subtopology_id cstr, partitions carr<i32>, tags }>';
const KEY_VALUES = 'carr<{ key cstr, value cstr, tags }>';
const INTERNAL_TOPICS = `carr<{ name cstr, partitions i32, replication_factor i16, topic_configs ${KEY_VALUES}, tags }>`;
const TASK_OFFSETS = 'carr?<{ subtopology_id cstr, partition i32, offset i64, tags }>';

const STREAMS_HEARTBEAT = wireApi(88, 'StreamsGroupHeartbeat', 0, {
  request: `group_id cstr, member_id cstr, member_epoch i32, endpoint_information_epoch i32, instance_id cstr?,
    rack_id cstr?, rebalance_timeout_ms i32,
    topology nullable {
      epoch i32,
      subtopologies carr<{
        subtopology_id cstr, source_topics carr<cstr>, source_topic_regex carr<cstr>,
        state_changelog_topics ${INTERNAL_TOPICS}, repartition_sink_topics carr<cstr>,
        repartition_source_topics ${INTERNAL_TOPICS},
        copartition_groups carr<{
          source_topics carr<i16>, source_topic_regex carr<i16>, repartition_source_topics carr<i16>, tags
        }>,
        tags
      }>,
      tags
    },
    active_tasks ${TASKS}, standby_tasks ${TASKS}, warmup_tasks ${TASKS}, process_id cstr?,
    user_endpoint nullable { host cstr, port u16, tags }, client_tags ${KEY_VALUES.replace('carr', 'carr?')},
    task_offsets ${TASK_OFFSETS}, task_end_offsets ${TASK_OFFSETS}, shutdown_application bool, tags`,
  response: `throttle_time_ms i32, error_code i16, error_message cstr?, member_id cstr, member_epoch i32,
    heartbeat_interval_ms i32, acceptable_recovery_lag i32, task_offset_interval_ms i32,
    status carr?<{ status_code i8, status_detail cstr, tags }>,
    active_tasks ${TASKS}, standby_tasks ${TASKS}, warmup_tasks ${TASKS}`,
});

const FIND_COORDINATOR = wireApi(10, 'FindCoordinator', 4, {
  request: 'key_type i8, coordinator_keys carr<cstr>, tags',
  response: `throttle_time_ms i32,
    coordinators carr<{ key cstr, node_id i32, host cstr, port i32, error_code i16, error_message cstr?, tags }>, tags`,
});

/** Resolves when the member has its partitions and has told the coordinator that it took them. */
export async function joinConsumerGroup(
  broker: string,
  {
    group,
    topic,
    instanceId = null,
    rackId = null,
  }: { group: string; topic: string; instanceId?: string | null; rackId?: string | null },
): Promise<LiveMember> {
  return join(broker, group, {
    api: CONSUMER_HEARTBEAT,
    first: {
      instance_id: instanceId,
      rack_id: rackId,
      rebalance_timeout_ms: 60_000,
      subscribed_topic_names: [topic],
      topic_partitions: [],
    },
    later: (owned) => ({ rebalance_timeout_ms: -1, topic_partitions: owned }),
    ownedIn: (response) => response.assignment?.topic_partitions,
  });
}

/** The same for a share group, whose members need not confirm. */
export async function joinShareGroup(
  broker: string,
  { group, topic }: { group: string; topic: string },
): Promise<LiveMember> {
  return join(broker, group, {
    api: SHARE_HEARTBEAT,
    first: { subscribed_topic_names: [topic] },
    later: () => ({}),
    ownedIn: (response) => response.assignment?.topic_partitions,
  });
}

/** A member of a streams group whose topology has one part that reads one topic. */
export async function joinStreamsGroup(
  broker: string,
  { group, topic }: { group: string; topic: string },
): Promise<LiveMember> {
  const subtopology = {
    subtopology_id: '0',
    source_topics: [topic],
    source_topic_regex: [],
    state_changelog_topics: [],
    repartition_sink_topics: [],
    repartition_source_topics: [],
    copartition_groups: [],
    tags: [],
  };
  const topology = { epoch: 1, subtopologies: [subtopology], tags: [] };
  const noTasks = { active_tasks: [], standby_tasks: [], warmup_tasks: [] };
  return join(broker, group, {
    api: STREAMS_HEARTBEAT,
    first: {
      endpoint_information_epoch: 0,
      rebalance_timeout_ms: 60_000,
      topology,
      process_id: 'p-1',
      client_tags: [],
      ...noTasks,
    },
    later: (owned) => ({ endpoint_information_epoch: 0, rebalance_timeout_ms: -1, ...noTasks, active_tasks: owned }),
    ownedIn: (response) => response.active_tasks,
  });
}

interface Joining {
  readonly api: WireApi;
  readonly first: Record<string, WireValue>;
  readonly later: (owned: WireValue) => Record<string, WireValue>;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the grammar's, which no static type knows
  readonly ownedIn: (response: any) => WireValue | undefined;
}

async function join(broker: string, group: string, { api, first, later, ownedIn }: Joining): Promise<LiveMember> {
  const client = await wireClient(await coordinatorOf(broker, group));
  const memberId = randomUUID();
  let owned: WireValue = [];
  let epoch = 0;
  const beat = async (fields: Record<string, WireValue>): Promise<void> => {
    const response = await client.ask(api, { group_id: group, member_id: memberId, member_epoch: epoch, ...fields });
    if (response.error_code !== 0) throw new Error(`${api.name}: ${response.error_code} ${response.error_message}`);
    epoch = response.member_epoch;
    owned = ownedIn(response) ?? owned;
  };
  const heartbeat = () => beat(later(owned));
  await beat(first);
  for (let attempt = 0; (owned as unknown[]).length === 0; attempt += 1) {
    if (attempt > 100) throw new Error(`${api.name}: no assignment for group "${group}"`);
    await delay(100);
    await heartbeat();
  }
  await heartbeat();
  return { memberId, client, epoch: () => epoch, heartbeat, close: () => client.close() };
}

/** `host:port` of the group's coordinator, once there is one: the offsets topic is made when first needed. */
export async function coordinatorOf(broker: string, group: string): Promise<string> {
  return (await coordinatorsOf(broker, [group])).get(group) ?? '';
}

/** The same for many groups, by group. */
export async function coordinatorsOf(broker: string, groups: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const client = await wireClient(broker);
  try {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const { coordinators } = await client.ask(FIND_COORDINATOR, { key_type: 0, coordinator_keys: [...groups] });
      const found: { key: string; host: string; port: number; error_code: number }[] = coordinators;
      if (found.every(({ error_code }) => error_code === 0)) {
        return new Map(found.map(({ key, host, port }) => [key, `${host}:${port}`]));
      }
      await delay(100);
    }
    throw new Error(`no coordinator for ${groups.length} groups, "${groups[0]}" first`);
  } finally {
    client.close();
  }
}
