import { Kafka, logLevel } from 'kafkajs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startDemo } from '../../local/demo/demo.ts';
import { DEMO_GROUP_NAMES, DEMO_GROUPS } from '../../local/demo/groups.ts';
import { startKafkaCluster } from '../../local/kafka-cluster.ts';
import { positionOf } from '../setup/offsets.ts';
import { processesWith } from '../setup/processes.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

describeWithRealParts('the demo', () => {
  test('gets going at once with every group’s work done, and ends without a trace', async () => {
    const cluster = await startKafkaCluster();
    onTestFinished(() => cluster.stop());
    const startedMs = performance.now();
    const troubles: string[] = [];
    const demo = await startDemo({
      brokers: cluster.brokers,
      clock: { nowMs: () => Date.now() },
      onFault: () => undefined,
      onTrouble: (sentence) => troubles.push(sentence),
    });
    onTestFinished(() => demo.stop());
    expect(performance.now() - startedMs).toBeLessThan(20_000);

    const admin = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    for (const group of DEMO_GROUP_NAMES) {
      const { topic, partitions } = DEMO_GROUPS[group];
      const { committed, lag } = await positionOf(admin, group, topic);
      expect(Math.min(...committed)).toBeGreaterThanOrEqual(1);
      expect(lag).toEqual(Array(partitions).fill(0));
    }
    const { groups } = await admin.describeGroups([...DEMO_GROUP_NAMES]);
    expect(Object.fromEntries(groups.map(({ groupId, members }) => [groupId, members.length]))).toEqual({
      'orders-healthy': 3,
      'orders-workers': 1,
      'orders-burst': 1,
      'orders-stopped': 1,
      'orders-stalled': 1,
      'orders-slow': 1,
      'payments-good': 2,
      'payments-bad': 2,
    });
    for (const group of DEMO_GROUP_NAMES) {
      const moving = async () => {
        const { committed } = await positionOf(admin, group, DEMO_GROUPS[group].topic);
        expect(Math.min(...committed)).toBeGreaterThan(10);
      };
      await vi.waitFor(moving, { timeout: 30_000, interval: 500 });
    }
    await demo.stop();
    expect(processesWith('.program.ts').filter((line) => line.includes(cluster.brokers[0] ?? 'none'))).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test('a demo that cannot start says why and leaves nothing running', async () => {
    const nobody = '127.0.0.1:9';
    const started = startDemo({
      brokers: [nobody],
      clock: { nowMs: () => Date.now() },
      onFault: () => undefined,
      onTrouble: () => undefined,
    });
    await expect(started).rejects.toThrow(/ECONNREFUSED/);
    expect(processesWith(nobody)).toEqual([]);
  });
});
