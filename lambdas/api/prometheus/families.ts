/** A metric as Prometheus knows it; all of ours are gauges, since each is read anew from the newest sample. */
export interface Family {
  readonly name: string;
  readonly help: string;
  /** In the order of docs/metrics.md. */
  readonly labels: readonly string[];
}

const family = (name: string, labels: readonly string[], help: string): Family => ({ name, help, labels });

const LE_PARTITION = ['cluster_name', 'topic', 'partition'] as const;
const LE_GROUP = ['cluster_name', 'group'] as const;
const LE_GROUP_PARTITION = ['cluster_name', 'group', 'topic', 'partition'] as const;

/**
 * The names that kafka-lag-exporter, klag-exporter and Conduktor share, without the labels of the member: each rebalance
 * would end a series and begin another, and a stopped consumer would have none.
 */
export const LAG_EXPORTER = {
  latestOffset: family('kafka_partition_latest_offset', LE_PARTITION, 'Next offset to be written to the partition.'),
  earliestOffset: family(
    'kafka_partition_earliest_offset',
    LE_PARTITION,
    'First offset that the partition still holds.',
  ),
  offset: family('kafka_consumergroup_group_offset', LE_GROUP_PARTITION, 'Next offset that the group will read.'),
  lag: family(
    'kafka_consumergroup_group_lag',
    LE_GROUP_PARTITION,
    'Messages between the group and the end of the log.',
  ),
  lagSeconds: family(
    'kafka_consumergroup_group_lag_seconds',
    LE_GROUP_PARTITION,
    'Age of the oldest unread message, a lower bound while it is older than the history.',
  ),
  maxLag: family('kafka_consumergroup_group_max_lag', LE_GROUP, 'Lag of the partition that is furthest behind.'),
  maxLagSeconds: family(
    'kafka_consumergroup_group_max_lag_seconds',
    LE_GROUP,
    'Age of the oldest unread message in any partition.',
  ),
  sumLag: family('kafka_consumergroup_group_sum_lag', LE_GROUP, 'Sum of the lags that are known.'),
  topicSumLag: family(
    'kafka_consumergroup_group_topic_sum_lag',
    ['cluster_name', 'group', 'topic'],
    'Sum of the lags that are known, by topic.',
  ),
  state: family(
    'kafka_consumergroup_group_state',
    LE_GROUP,
    'State of the group: 0 unknown, 1 preparing and 2 completing a rebalance, 3 stable, 4 dead, 5 empty, 6 assigning, 7 reconciling, 8 not ready.',
  ),
} as const;

const BURROW_GROUP = ['cluster', 'consumer_group'] as const;
const BURROW_PARTITION = ['cluster', 'consumer_group', 'topic', 'partition'] as const;
const BURROW_CODES = '1 OK, 2 WARN, 3 ERR, 4 STOP, 5 STALL, 6 REWIND';

/** Burrow's own names. */
export const BURROW = {
  lagTotal: family('burrow_kafka_consumer_lag_total', BURROW_GROUP, 'Sum of the lags that are known.'),
  status: family(
    'burrow_kafka_consumer_status',
    BURROW_GROUP,
    `Status of the group in Burrow's numbers: ${BURROW_CODES}.`,
  ),
  partitionLag: family(
    'burrow_kafka_consumer_partition_lag',
    BURROW_PARTITION,
    'Messages between the group and the end of the log.',
  ),
  currentOffset: family(
    'burrow_kafka_consumer_current_offset',
    BURROW_PARTITION,
    'Next offset that the group will read.',
  ),
  partitionStatus: family(
    'burrow_kafka_topic_partition_status',
    BURROW_PARTITION,
    `Status of a partition whose last ten samples are known, in Burrow's numbers: ${BURROW_CODES}.`,
  ),
  topicOffset: family(
    'burrow_kafka_topic_partition_offset',
    ['cluster', 'topic', 'partition'],
    'Next offset to be written to the partition.',
  ),
} as const;

const GROUP = ['cluster', 'group'] as const;

/** What nobody else tells. */
export const OWN = {
  groupStatus: family(
    'sluicegate_group_status',
    ['cluster', 'group', 'status'],
    '1 for the status that the group is in.',
  ),
  groupPartitions: family(
    'sluicegate_group_partitions',
    ['cluster', 'group', 'status'],
    'Partitions of the group by their status.',
  ),
  groupMembers: family('sluicegate_group_members', GROUP, 'Members of the group.'),
  produced: family(
    'sluicegate_group_produced_messages_per_second',
    GROUP,
    'Messages written to the partitions of the group, over the last five samples.',
  ),
  consumed: family(
    'sluicegate_group_consumed_messages_per_second',
    GROUP,
    'Messages that the group consumed, over the last five samples.',
  ),
  drain: family(
    'sluicegate_group_drain_seconds',
    GROUP,
    'Until the backlog is worked off at the present rates; +Inf while it does not shrink.',
  ),
  retentionMargin: family(
    'sluicegate_group_retention_margin_messages',
    GROUP,
    'Messages between the start of the log and the group, in the partition where they are fewest: what retention may still delete.',
  ),
  lost: family(
    'sluicegate_group_lost_messages',
    GROUP,
    'Messages that retention deleted before the group read them, as the present offsets show.',
  ),
  isLowerBound: family(
    'sluicegate_group_time_lag_is_lower_bound',
    GROUP,
    '1 while the oldest unread message is older than the history, so that its age is known from below only.',
  ),
  groups: family('sluicegate_groups', ['cluster', 'status'], 'Groups by their status.'),
  sampleTimestamp: family(
    'sluicegate_sample_timestamp_seconds',
    ['cluster'],
    'When the newest judged reading of the cluster began.',
  ),
  readFailures: family(
    'sluicegate_read_failures',
    ['cluster'],
    'Parts of the cluster that the newest reading could not read.',
  ),
  omitted: family(
    'sluicegate_values_omitted',
    ['cluster'],
    'Values left out of this answer because they are not known.',
  ),
} as const;

/** Every family, in the order of the answer. */
export const FAMILIES: readonly Family[] = [LAG_EXPORTER, BURROW, OWN].flatMap((some) => Object.values(some));
