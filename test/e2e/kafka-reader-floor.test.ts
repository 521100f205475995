import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { joinConsumerGroup, joinShareGroup, joinStreamsGroup } from '../builders/group-members.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { aKafkaReader } from '../builders/kafka-reader.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 20_000 };
const BROKERS = 3;
const TEN_PARTITIONS = Array.from({ length: 10 }, () => 0);

describeWithRealParts('how few requests a snapshot takes', () => {
  let cluster: KafkaCluster;
  let broker: string;

  beforeAll(async () => {
    cluster = await startKafkaCluster({ brokers: BROKERS });
    broker = cluster.brokers[0] ?? '';
    await fillTopics(cluster.brokers, { orders: TEN_PARTITIONS });
    const groups = Array.from({ length: 1_100 }, (_, index) => `group-${index}`);
    await commitOffsets(
      broker,
      groups.map((group) => ({ group, offsets: { orders: TEN_PARTITIONS } })),
    );
  });
  afterAll(() => cluster?.stop());

  test('1,100 classic groups at three brokers: at most 22', async () => {
    // Coordinators that are still loading cost a request more.
    await vi.waitFor(async () => {
      const { snapshot, cost } = await aKafkaReader(cluster.brokers).read(READ);
      expect(snapshot.failures).toEqual([]);
      expect(snapshot.groups.size).toBe(1_100);
      expect(cost.requests).toBeLessThanOrEqual(22);
    }, 10_000);
  });

  test('with live groups of all four types: the formula of the budget', async () => {
    const members = [
      await joinConsumerGroup(broker, { group: 'kip848', topic: 'orders' }),
      await joinShareGroup(broker, { group: 'sharing', topic: 'orders' }),
      await joinStreamsGroup(broker, { group: 'streaming', topic: 'orders' }),
    ];
    onTestFinished(() => {
      for (const member of members) member.close();
    });
    const { snapshot, cost } = await aKafkaReader(cluster.brokers).read(READ);
    expect(snapshot.failures).toEqual([]);
    expect(new Set([...snapshot.groups.values()].map(({ type }) => type)).size).toBe(4);
    const apiVersions = BROKERS;
    expect(cost.requests).toBeLessThanOrEqual(1 + BROKERS * (4 + 4 + 1) + apiVersions);
  });
});
