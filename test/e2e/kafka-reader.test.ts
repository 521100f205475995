import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { KAFKA_RELEASES } from '../../local/kafka-jars.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { joinConsumerGroup, joinShareGroup, joinStreamsGroup } from '../builders/group-members.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { aKafkaReader } from '../builders/kafka-reader.ts';
import { startShareGroupAt } from '../builders/share-groups.ts';
import { CONTRACT_CLUSTER, clusterReaderContract } from '../contracts/cluster-reader.contract.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 10_000 };
const none = { allow: [], deny: [] };
const only = (group: string) => ({ groups: { allow: [new RegExp(group)], deny: [] }, topics: none });

describeWithRealParts('reading a real cluster', () => {
  describe.each(KAFKA_RELEASES)('Kafka %s', (release) => {
    let cluster: KafkaCluster;
    let broker: string;

    beforeAll(async () => {
      cluster = await startKafkaCluster({ release });
      broker = cluster.brokers[0] ?? '';
      await fillTopics(cluster.brokers, CONTRACT_CLUSTER.topics);
      await commitOffsets(
        broker,
        Object.entries(CONTRACT_CLUSTER.commits).map(([group, offsets]) => ({ group, offsets })),
      );
    });
    afterAll(() => cluster?.stop());

    describe('keeps the contract', () => {
      clusterReaderContract((settings) => aKafkaReader(cluster.brokers, settings));
    });

    test('a live classic group: state, member, assignment', async () => {
      const consumer = new Kafka({
        brokers: [...cluster.brokers],
        clientId: 'app',
        logLevel: logLevel.NOTHING,
      }).consumer({ groupId: 'live' });
      onTestFinished(() => consumer.disconnect());
      await consumer.connect();
      await consumer.subscribe({ topic: 'orders', fromBeginning: true });
      await consumer.run({ autoCommitInterval: 100, eachMessage: async () => {} });
      await vi.waitFor(async () => {
        const { snapshot } = await aKafkaReader(cluster.brokers, { filter: only('live') }).read(READ);
        expect(snapshot.groups.get('live')).toEqual({
          type: 'classic',
          state: 'Stable',
          members: [
            {
              memberId: expect.stringContaining('app-'),
              clientId: 'app',
              host: '/127.0.0.1',
              instanceId: null,
              rackId: null,
              assigned: new Map([['orders', [0, 1]]]),
            },
          ],
          committed: new Map([['orders', [10, 4]]]),
        });
      }, 20_000);
    });

    test('a live KIP-848 group: instance id, rack, epochs, current and target assignment, commits', async () => {
      const member = await joinConsumerGroup(broker, {
        group: 'kip848',
        topic: 'orders',
        instanceId: 'i-1',
        rackId: 'r-1',
      });
      onTestFinished(() => member.close());
      await commitOffsets(broker, [{ group: 'kip848', offsets: { orders: [7, 4] }, member }]);
      const { snapshot } = await aKafkaReader(cluster.brokers, { filter: only('kip848') }).read(READ);
      const assignment = new Map([['orders', [0, 1]]]);
      expect(snapshot.failures).toEqual([]);
      expect(snapshot.groups.get('kip848')).toEqual({
        type: 'consumer',
        state: 'Stable',
        epochs: { group: member.epoch(), assignment: member.epoch() },
        members: [
          {
            memberId: member.memberId,
            clientId: 'sluicegate',
            host: '/127.0.0.1',
            instanceId: 'i-1',
            rackId: 'r-1',
            epoch: member.epoch(),
            assigned: assignment,
            target: assignment,
          },
        ],
        committed: new Map([['orders', [7, 4]]]),
      });
    });

    test('a KIP-848 group that rebalances shows what a member has and what it shall have', async () => {
      const first = await joinConsumerGroup(broker, { group: 'moving', topic: 'orders' });
      onTestFinished(() => first.close());
      // The second gets its partition only when the first has given it up.
      const joining = joinConsumerGroup(broker, { group: 'moving', topic: 'orders' });
      await vi.waitFor(async () => {
        const { snapshot } = await aKafkaReader(cluster.brokers, { filter: only('moving') }).read(READ);
        const group = snapshot.groups.get('moving');
        expect(group?.state).toBe('Reconciling');
        const member = group?.members?.find(({ memberId }) => memberId === first.memberId);
        expect(member?.assigned.get('orders')).toEqual([0, 1]);
        expect(member?.target?.get('orders')).toHaveLength(1);
      }, 10_000);
      // It hears of its new assignment, and confirms it.
      await first.heartbeat();
      await first.heartbeat();
      (await joining).close();
    });

    if (release === '4.3.1') {
      test('a live share group: members, start offset, and lag as the broker tells it', async () => {
        await startShareGroupAt(broker, { group: 'sharing', topic: 'orders', startOffsets: [4] });
        const member = await joinShareGroup(broker, { group: 'sharing', topic: 'orders' });
        onTestFinished(() => member.close());
        const { snapshot } = await aKafkaReader(cluster.brokers, { filter: only('sharing') }).read(READ);
        expect(snapshot.failures).toEqual([]);
        expect(snapshot.groups.get('sharing')).toMatchObject({
          type: 'share',
          state: 'Stable',
          members: [{ memberId: member.memberId, epoch: member.epoch(), assigned: expect.any(Map) }],
          committed: new Map(),
        });
        expect(snapshot.groups.get('sharing')?.share?.get('orders')?.[0]).toEqual({ startOffset: 4, lagMessages: 6 });
      });

      test('a live streams group: tasks as the partitions that they read, and commits', async () => {
        const member = await joinStreamsGroup(broker, { group: 'streaming', topic: 'orders' });
        onTestFinished(() => member.close());
        await commitOffsets(broker, [{ group: 'streaming', offsets: { orders: [2, 3] }, member }]);
        const { snapshot } = await aKafkaReader(cluster.brokers, { filter: only('streaming') }).read(READ);
        const assignment = new Map([['orders', [0, 1]]]);
        expect(snapshot.failures).toEqual([]);
        expect(snapshot.groups.get('streaming')).toMatchObject({
          type: 'streams',
          state: 'Stable',
          members: [{ memberId: member.memberId, assigned: assignment, target: assignment }],
          committed: new Map([['orders', [2, 3]]]),
        });
      });
    }

    test('the read-committed end stands still before an open transaction, and passes its marker', async () => {
      const kafka = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING });
      await fillTopics(cluster.brokers, { ledger: [0] });
      const producer = kafka.producer({ transactionalId: `t-${release}`, idempotent: true, maxInFlightRequests: 1 });
      onTestFinished(() => producer.disconnect());
      await producer.connect();
      const open = await producer.transaction();
      await open.send({ topic: 'ledger', messages: [{ value: 'one' }, { value: 'two' }] });
      await commitOffsets(broker, [{ group: 'bookkeeper', offsets: { ledger: [0] } }]);
      const reader = aKafkaReader(cluster.brokers, {
        filter: only('bookkeeper'),
        extra: { lastStableOffset: true, newestRecord: true },
      });
      const during = await reader.read(READ);
      expect(during.snapshot.topics.get('ledger')).toMatchObject([{ logEndOffset: 2, lastStableOffset: 0 }]);
      await open.commit();
      // Brokers write the marker after they have answered.
      await vi.waitFor(async () => {
        const after = await reader.read(READ);
        expect(after.snapshot.topics.get('ledger')).toMatchObject([
          { logEndOffset: 3, lastStableOffset: 3, newestRecordAtMs: expect.any(Number) },
        ]);
      }, 5_000);
    });

    test('a deleted topic leaves no failure behind', async () => {
      await fillTopics(cluster.brokers, { fleeting: [3] });
      await commitOffsets(broker, [{ group: 'leftover', offsets: { fleeting: [1] } }]);
      const admin = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING }).admin();
      onTestFinished(() => admin.disconnect());
      await admin.connect();
      await admin.deleteTopics({ topics: ['fleeting'] });
      await vi.waitFor(async () => {
        const { snapshot } = await aKafkaReader(cluster.brokers, { filter: only('leftover') }).read(READ);
        expect(snapshot.topics.has('fleeting')).toBe(false);
        expect(snapshot.failures).toEqual([]);
      }, 5_000);
    });

    test('a process that reads and closes ends by itself: no socket, no timer stays', async () => {
      const script = join(import.meta.dirname, '../setup/read-and-close.ts');
      const child = spawn(process.execPath, [script, ...cluster.brokers], { stdio: ['ignore', 'pipe', 'inherit'] });
      onTestFinished(() => void child.kill('SIGKILL'));
      const [closed] = await once(child.stdout, 'data');
      expect(String(closed)).toContain('closed');
      const startedAt = performance.now();
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    });
  });
});
