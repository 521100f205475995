import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Reading } from '../../../lambdas/core/ports/cluster-reader.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../local/kafka-cluster.ts';
import { aKafkaReader } from '../../builders/kafka-reader.ts';
import { COMMITTED, fillOrders, GROUPS } from './orders-cluster.ts';

/** A lost broker is fenced after 9 s by default, too long for a test. */
const FENCED_SOON = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };
const READ = { atMs: 1_000, deadlineMs: 20_000 };
const WITHIN_MS = 5_000;

let cluster: KafkaCluster;
beforeAll(async () => {
  cluster = await startKafkaCluster({ brokers: 3, properties: FENCED_SOON });
  await fillOrders(cluster);
}, 180_000);
afterAll(() => cluster?.stop());

test('each node is killed in turn, so that the active controller is lost once at least: every reading is in time and right, and it heals', async () => {
  const reader = aKafkaReader(cluster.brokers);
  let hasFailed = false;
  for (const node of cluster.nodes) {
    await node.kill();
    const readings: Reading[] = [];
    // Until another controller has fenced it, and its groups are with the others.
    await vi.waitFor(async () => {
      const reading = await reader.read(READ);
      readings.push(reading);
      expect(reading.snapshot.failures).toEqual([]);
      expect(reading.snapshot.groups.size).toBe(GROUPS.length);
    }, 40_000);
    hasFailed ||= readings.some(({ snapshot }) => snapshot.failures.length > 0);
    for (const { snapshot, cost } of readings) {
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      for (const { committed } of snapshot.groups.values()) expect(committed).toEqual(new Map([['orders', COMMITTED]]));
      for (const log of snapshot.topics.get('orders') ?? []) {
        if (log !== null) expect(log).toEqual({ logStartOffset: 0, logEndOffset: 3 });
      }
      // Of a group that has just moved Kafka may say nothing for some milliseconds, not even that it is loading.
      if (snapshot.topics.get('orders')?.includes(null)) expect(snapshot.failures).not.toEqual([]);
    }
    await node.start();
    await vi.waitFor(async () => {
      const { snapshot } = await aKafkaReader([node.broker]).read(READ);
      expect(snapshot.failures).toEqual([]);
      expect(snapshot.groups.size).toBe(GROUPS.length);
    }, 40_000);
  }
  // A broker may be fenced before it is asked; not each of the three.
  expect(hasFailed).toBe(true);
}, 300_000);
