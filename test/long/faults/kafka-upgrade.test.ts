import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reading } from '../../../lambdas/core/ports/cluster-reader.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../local/kafka-cluster.ts';
import { aKafkaReader } from '../../builders/kafka-reader.ts';
import { COMMITTED, fillOrders, GROUPS } from './orders-cluster.ts';

const READ = { atMs: 1_000, deadlineMs: 20_000 };
const WITHIN_MS = 5_000;

describe('Kafka 3.9 upgraded to 4.3 under a reader that stays', () => {
  let cluster: KafkaCluster;
  beforeAll(async () => {
    cluster = await startKafkaCluster({ release: '3.9.2', brokers: 3 });
    await fillOrders(cluster);
  }, 180_000);
  afterAll(() => cluster?.stop());

  test('every reading on the way is in time, right in what it has, and tells what it lacks', async () => {
    const reader = aKafkaReader(cluster.brokers);
    const before = (await reader.read(READ)).snapshot;
    expect(before.failures).toEqual([]);
    const ends = before.topics.get('orders') ?? [];
    const readings: Reading[] = [];

    let isUpgrading = true;
    const upgrade = cluster.upgradeTo('4.3.1').finally(() => {
      isUpgrading = false;
    });
    while (isUpgrading) readings.push(await reader.read(READ));
    await upgrade;

    for (const { snapshot, cost } of readings) {
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      for (const { committed } of snapshot.groups.values()) expect(committed).toEqual(new Map([['orders', COMMITTED]]));
      const logs = snapshot.topics.get('orders') ?? [];
      for (const [partition, log] of logs.entries()) if (log !== null) expect(log).toEqual(ends[partition]);
      // Of a group that has just moved Kafka may say nothing for some milliseconds, not even that it is loading.
      if (logs.includes(null)) expect(snapshot.failures).not.toEqual([]);
    }
    expect(readings.some(({ snapshot }) => snapshot.failures.length > 0)).toBe(true);

    // The versions that the old brokers spoke are not asked for any more: connections are new, and so is what they agree on.
    const { snapshot } = await reader.read(READ);
    expect(snapshot.failures).toEqual([]);
    expect(snapshot.groups.size).toBe(GROUPS.length);
    expect([...snapshot.groups.values()].every(({ type }) => type === 'classic')).toBe(true);
  }, 180_000);
});
