import type { ClusterConnection, ReadFilter } from '../../core/cluster/connection.ts';
import type { GroupSnapshot } from '../../core/cluster/group.ts';
import { namesAllowedBy } from '../../core/cluster/name-filter.ts';
import { SluicegateError } from '../../core/errors.ts';
import type { ClusterReader } from '../../core/ports/cluster-reader.ts';
import { parseAddress } from './broker-address.ts';
import type { ClusterLayout } from './cluster-layout.ts';
import { ConnectionPool } from './connection-pool.ts';
import { deadlineIn } from './deadline.ts';
import { FailureLog } from './failure-log.ts';
import { findCluster } from './find-cluster.ts';
import type { ExtraQuestions } from './log-questions.ts';
import { type GroupRead, readGroups } from './read-groups.ts';
import { readLogs } from './read-logs.ts';
import type { Reading } from './reading.ts';
import { refuseUnusableTls } from './tls-options.ts';
import { type TopicPartition, wantedPartitions } from './wanted-partitions.ts';

export interface KafkaClusterReaderOptions {
  /** Our name of the cluster. */
  readonly cluster: string;
  readonly connection: ClusterConnection;
  readonly filter: ReadFilter;
  readonly extra: ExtraQuestions;
  /** Whose logs are read in any case; absent: those of the groups will do. */
  readonly partitions?: readonly TopicPartition[];
}

/**
 * Reads one cluster with a handful of requests per broker. Connections stay open for the next reading until `close`.
 * Throws CONFIG_INVALID for a broker address that is none, and for certificates that cannot be used.
 */
export function kafkaClusterReader(options: KafkaClusterReaderOptions): ClusterReader {
  const { cluster, connection, filter, extra, partitions: alsoPartitions = [] } = options;
  const seeds = connection.brokers.map(parseAddress);
  if (connection.tls !== null) refuseUnusableTls(connection.tls);
  const pool = new ConnectionPool(connection);
  const allowsGroup = namesAllowedBy(filter.groups);
  const allowsTopic = namesAllowedBy(filter.topics);

  return {
    async read({ atMs, deadlineMs }) {
      const spent = startMeter(pool);
      pool.beginReading();
      const reading = { pool, deadline: deadlineIn(deadlineMs), failures: new FailureLog(), allowsGroup, allowsTopic };
      const layout = await findCluster(reading, seeds);
      const reads = await readGroups(reading, layout);
      refuseIfNothingWasRead(reading, layout, reads);
      const groups = groupsOf(reading, reads);
      // After the commits: a lag may then be too large by what was produced in between, never hide a backlog.
      const wanted = wantedPartitions(groups.values(), layout, { filter, allowsTopic, alsoPartitions });
      const topics = await readLogs(reading, layout, { wanted, extra });
      reportUnlistedGroups(reading, layout);
      return { snapshot: { cluster, atMs, topics, groups, failures: reading.failures.all() }, cost: spent() };
    },

    async close() {
      pool.close();
    },
  };
}

/** A group stands in the snapshot when its positions are known, be its members known or not. */
function groupsOf({ failures }: Reading, reads: readonly GroupRead[]): ReadonlyMap<string, GroupSnapshot> {
  const groups = new Map<string, GroupSnapshot>();
  for (const { group, type, listedState, positions, description } of reads) {
    if (positions.kind === 'refused') {
      failures.add({ part: 'group', group }, positions);
      continue;
    }
    if (description.kind === 'refused') failures.add({ part: 'members', group }, description);
    const described = description.kind === 'answered' ? description.answer : { state: listedState, members: null };
    groups.set(group, { type, ...described, ...positions.answer });
  }
  return groups;
}

function refuseIfNothingWasRead({ failures }: Reading, layout: ClusterLayout, reads: readonly GroupRead[]): void {
  if (reads.length > 0) return;
  const failed = failures.all().filter(({ part }) => part === 'broker');
  if (failed.length === layout.brokers.size) {
    throw new SluicegateError(
      'BROKER_UNREACHABLE',
      `Kafka answered, but none of the brokers that it names could be read: ${failed.map(({ message }) => message).join('; ')}. ` +
        'Their advertised.listeners must be addresses that this machine can reach.',
    );
  }
  if (failed.length === 0 && layout.mayDescribeCluster === false) {
    throw new SluicegateError(
      'BROKER_DENIED',
      'Kafka lists no group to this principal, which may not describe the cluster: grant Describe on the cluster, or on each group to watch.',
    );
  }
}

/** Groups of a leaderless partition of the offsets topic are in no broker's list, and nothing else tells that they are missing. */
function reportUnlistedGroups({ failures }: Reading, layout: ClusterLayout): void {
  const topic = '__consumer_offsets';
  for (const [partition, leader] of layout.topics.get(topic)?.leaders.entries() ?? []) {
    if (leader !== null) continue;
    const message = `partition ${topic}/${partition} has no leader: the groups that are kept there are in no list`;
    failures.add({ part: 'partition', topic, partition }, { code: 'LEADER_NOT_AVAILABLE', message });
  }
}

/** What a reading costs; CPU is that of the whole process. */
function startMeter(pool: ConnectionPool) {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const before = pool.cost();
  return () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const after = pool.cost();
    return {
      requests: after.requests - before.requests,
      sentBytes: after.sentBytes - before.sentBytes,
      receivedBytes: after.receivedBytes - before.receivedBytes,
      cpuMs: (user + system) / 1_000,
      wallMs: performance.now() - startedAt,
    };
  };
}
