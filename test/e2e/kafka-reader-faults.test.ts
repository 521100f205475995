import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseAddress } from '../../lambdas/adapters/kafka/broker-address.ts';
import { ConnectionPool } from '../../lambdas/adapters/kafka/connection-pool.ts';
import { deadlineIn } from '../../lambdas/adapters/kafka/deadline.ts';
import { FailureLog } from '../../lambdas/adapters/kafka/failure-log.ts';
import { POSITIONS } from '../../lambdas/adapters/kafka/group-questions.ts';
import type { ClusterConnection } from '../../lambdas/core/cluster/connection.ts';
import { namesAllowedBy } from '../../lambdas/core/cluster/name-filter.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import type { KafkaNode } from '../../local/kafka-node.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { coordinatorOf } from '../builders/group-members.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { aKafkaReader } from '../builders/kafka-reader.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

/** A lost broker is fenced after 9 s by default, too long for a test. */
const FENCED_SOON = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };
const READ = { atMs: 1_000, deadlineMs: 20_000 };
const WITHIN_MS = 5_000;

/** A log of three records in each partition; every group has read two. */
const RECORDS = [3, 3, 3, 3, 3, 3];
const GROUPS = Array.from({ length: 20 }, (_, index) => `group-${index}`);
const COMMITTED = RECORDS.map(() => 2);

describeWithRealParts('three brokers, one in trouble', () => {
  let cluster: KafkaCluster;

  beforeAll(async () => {
    cluster = await startKafkaCluster({ brokers: 3, properties: FENCED_SOON });
    await fillTopics(cluster.brokers, { replicated: RECORDS }, { replicas: 3 });
    await fillTopics(cluster.brokers, { single: RECORDS }, { replicas: 1 });
    const commits = GROUPS.map((group) => ({ group, offsets: { replicated: COMMITTED, single: COMMITTED } }));
    await commitOffsets(cluster.brokers[0] ?? '', commits);
  });
  afterAll(() => cluster?.stop());

  const read = () => aKafkaReader(cluster.brokers).read(READ);
  const victim = (): KafkaNode => {
    const node = cluster.nodes[2];
    if (node === undefined) throw new Error('no third broker');
    return node;
  };

  /** Everything is there again, at every broker. */
  const awaitWhole = () =>
    vi.waitFor(async () => {
      for (const broker of cluster.brokers) {
        const { snapshot } = await aKafkaReader([broker]).read(READ);
        expect(snapshot.failures).toEqual([]);
        expect(snapshot.groups.size).toBe(GROUPS.length);
      }
    }, 40_000);

  /** What is there is right; what is not there is accounted for. */
  const expectHonest = (snapshot: ClusterSnapshot): void => {
    expectRight(snapshot);
    if (snapshot.groups.size < GROUPS.length) expect(snapshot.failures).not.toEqual([]);
  };

  const expectRight = ({ groups, topics, failures }: ClusterSnapshot): void => {
    for (const [, { committed }] of groups) {
      expect(committed).toEqual(
        new Map([
          ['replicated', COMMITTED],
          ['single', COMMITTED],
        ]),
      );
    }
    const logs = [...topics.values()].flat();
    for (const log of logs) if (log !== null) expect(log).toEqual({ logStartOffset: 0, logEndOffset: 3 });
    if (logs.includes(null)) expect(failures).not.toEqual([]);
  };

  test('none in trouble: all of it, in 1 + 5 requests per broker less the describes, plus ApiVersions', async () => {
    // Coordinators that are still loading cost a request more.
    await vi.waitFor(async () => {
      const { snapshot, cost } = await read();
      expect(snapshot.failures).toEqual([]);
      expect(snapshot.groups.size).toBe(GROUPS.length);
      expectHonest(snapshot);
      // Metadata; ListGroups, OffsetFetch, two ListOffsets at each broker; ApiVersions once per connection.
      expect(cost.requests).toBe(1 + 3 * 4 + 3);
    }, 10_000);
  });

  test('a broker says of a group that it does not coordinate that asking elsewhere can help', async () => {
    const [group = ''] = GROUPS;
    const coordinator = await coordinatorOf(cluster.brokers[0] ?? '', group);
    const other = cluster.brokers.find((broker) => broker !== coordinator) ?? '';
    const connection: ClusterConnection = { brokers: [], tls: null, authentication: { mechanism: 'none' } };
    const pool = new ConnectionPool(connection);
    onTestFinished(() => pool.close());
    const allows = namesAllowedBy({ allow: [], deny: [] });
    const reading = {
      pool,
      deadline: deadlineIn(5_000),
      failures: new FailureLog(),
      allowsGroup: allows,
      allowsTopic: allows,
    };
    const topics = { allowsTopic: allows, partitionsOf: () => 0 };
    const outcomes = await POSITIONS.classic({ reading, topics }, parseAddress(other), [group]);
    expect(outcomes.get(group)).toMatchObject({ kind: 'refused', code: 'NOT_COORDINATOR', retriable: true });
  });

  describe('a broker that froze', () => {
    test('costs its share of the time: the rest arrives within 5 s', async () => {
      await victim().freeze();
      const { snapshot, cost } = await read();
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      expectHonest(snapshot);
      expect(snapshot.groups.size).toBeGreaterThan(0);
      expect(snapshot.failures).toContainEqual(
        expect.objectContaining({ part: 'broker', broker: victim().broker, code: 'TIMEOUT' }),
      );
    });

    test('may be the seed that comes first: the next one is asked, and by now its groups are with the others', async () => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const { snapshot, cost } = await read();
        expect(cost.wallMs).toBeLessThan(WITHIN_MS);
        expectHonest(snapshot);
      }
      await victim().resume();
      await awaitWhole();
    });

    test('between two readings over kept connections: the same', async () => {
      const reader = aKafkaReader(cluster.brokers);
      expect((await reader.read(READ)).snapshot.failures).toEqual([]);
      await victim().freeze();
      const { snapshot, cost } = await reader.read(READ);
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      expectHonest(snapshot);
      expect(snapshot.failures).toContainEqual(expect.objectContaining({ part: 'broker', code: 'TIMEOUT' }));
      await victim().resume();
      await awaitWhole();
      expect((await reader.read(READ)).snapshot.failures).toEqual([]);
    });
  });

  test('groups move to other brokers while they are read: every snapshot in between is in time and right', async () => {
    const seen: ClusterSnapshot[] = [];
    let isMoving = true;
    const moving = victim()
      .stop()
      .then(() => victim().start())
      .finally(() => {
        isMoving = false;
      });
    while (isMoving) {
      const { snapshot, cost } = await read();
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      seen.push(snapshot);
    }
    await moving;
    // Of a group that has just moved Kafka may say nothing for some milliseconds, not even that it is loading.
    for (const snapshot of seen) expectRight(snapshot);
    expect(seen.length).toBeGreaterThan(3);
    await awaitWhole();
  });

  describe('a broker that was killed', () => {
    test('is missed at once, and the others are read', async () => {
      await victim().kill();
      const { snapshot, cost } = await read();
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      expectHonest(snapshot);
      expect(snapshot.failures).toContainEqual(
        expect.objectContaining({ part: 'broker', broker: victim().broker, code: 'CONNECTION' }),
      );
      expect(snapshot.groups.size).toBeGreaterThan(0);
    });

    test('once fenced: all groups are with the others; only partitions without a replica there are missing', async () => {
      await vi.waitFor(async () => {
        const { snapshot } = await read();
        expect(snapshot.groups.size).toBe(GROUPS.length);
        expectHonest(snapshot);
        const missing = snapshot.topics.get('single')?.filter((log) => log === null) ?? [];
        expect(missing).toHaveLength(2);
        expect(snapshot.topics.get('replicated')).not.toContain(null);
        expect(snapshot.failures.map(({ part, code }) => `${part} ${code}`)).toEqual(
          missing.map(() => 'partition LEADER_NOT_AVAILABLE'),
        );
      }, 20_000);
    });

    test('its groups are found where they are now', async () => {
      const alive = cluster.brokers.slice(0, 2);
      for (const group of GROUPS.slice(0, 5)) expect(alive).toContain(await coordinatorOf(alive[0] ?? '', group));
    });
  });
});
