import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../lambdas/adapters/clock/system-clock.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/create-table.ts';
import { dynamoReleaseLedger } from '../../lambdas/adapters/dynamodb/release-ledger.ts';
import { openTable } from '../../lambdas/adapters/dynamodb/table.ts';
import { kafkaOffsetWriter } from '../../lambdas/adapters/kafka/kafka-offset-writer.ts';
import { kafkaRollbackCluster } from '../../lambdas/adapters/kafka/kafka-rollback-cluster.ts';
import type { ClusterConnection } from '../../lambdas/core/cluster/connection.ts';
import { markerOf, type OffsetMarker } from '../../lambdas/core/release/offset-marker.ts';
import type { RollbackOutcome } from '../../lambdas/core/rollback/rollback-outcome.ts';
import { applyRollback } from '../../lambdas/restore/apply-rollback.ts';
import { startDynalite } from '../../local/dynalite.ts';
import { type KafkaCluster, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { KAFKA_RELEASES } from '../../local/kafka-jars.ts';
import type { StoreServer } from '../../local/store-server.ts';
import { commitOffsets } from '../builders/committed-offsets.ts';
import { joinConsumerGroup } from '../builders/group-members.ts';
import { fillTopics } from '../builders/kafka-data.ts';
import { aKafkaReader } from '../builders/kafka-reader.ts';
import { anAttempt, anEntry } from '../builders/ledger-entry.ts';
import { aRelease } from '../builders/release-story.ts';
import { startShareGroupAt } from '../builders/share-groups.ts';
import { runCli } from '../cli/run-cli.ts';
import { CONTRACT_GROUPS, offsetWriterContract } from '../contracts/offset-writer.contract.ts';
import { describeWithRealParts } from '../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 10_000 };

describeWithRealParts('a rollback on a real cluster', () => {
  describe.each(KAFKA_RELEASES)('Kafka %s', (release) => {
    let cluster: KafkaCluster;
    let broker: string;
    let connection: ClusterConnection;
    let kafka: Kafka;

    beforeAll(async () => {
      cluster = await startKafkaCluster({ release });
      broker = cluster.brokers[0] ?? '';
      connection = { brokers: cluster.brokers, tls: null, authentication: { mechanism: 'none' } };
      kafka = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING });
      await fillTopics(cluster.brokers, CONTRACT_GROUPS.topics);
    });
    afterAll(() => cluster?.stop());

    const snapshotNow = async () => (await aKafkaReader(cluster.brokers).read(READ)).snapshot;
    const groupNow = async (group: string) => (await snapshotNow()).groups.get(group);
    const markerNow = async (group: string): Promise<OffsetMarker> => {
      const marker = markerOf(await snapshotNow(), group);
      if (marker === null) throw new Error(`group "${group}" is not there`);
      return marker;
    };
    const rollBack = async (group: string, marker: OffsetMarker): Promise<RollbackOutcome> => {
      const { reader, writer, close } = kafkaRollbackCluster('test', connection, { ...marker, group });
      onTestFinished(close);
      return applyRollback(
        { reader, writer, clock: systemClock, deadlineMs: 10_000 },
        { group, marker, execute: true },
      );
    };
    /** Starts a classic consumer of `topic`; gives what it reads, as `partition@offset`. */
    const consume = async (group: string, topic: string) => {
      const seen: string[] = [];
      const consumer = kafka.consumer({ groupId: group, rebalanceTimeout: 5_000 });
      onTestFinished(() => consumer.disconnect());
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommitInterval: 100,
        eachMessage: async ({ partition, message }) => void seen.push(`${partition}@${message.offset}`),
      });
      return { seen, stop: () => consumer.disconnect() };
    };

    describe('the writer keeps its contract', () => {
      beforeAll(async () => {
        await commitOffsets(
          broker,
          Object.entries(CONTRACT_GROUPS.empty).map(([group, offsets]) => ({ group, offsets })),
        );
        const member = await joinConsumerGroup(broker, { group: CONTRACT_GROUPS.live, topic: 'orders' });
        await commitOffsets(broker, [{ group: CONTRACT_GROUPS.live, offsets: { orders: [8, 3] }, member }]);
        return () => member.close();
      });

      offsetWriterContract(() => ({ writer: kafkaOffsetWriter(connection), reader: aKafkaReader(cluster.brokers) }));
    });

    test('a stopped group goes back to its marker, and its consumers start there', async () => {
      await fillTopics(cluster.brokers, { payments: [10, 10] });
      await commitOffsets(broker, [{ group: 'restored', offsets: { payments: [4, 6] } }]);
      const marker = await markerNow('restored');
      const newVersion = await consume('restored', 'payments');
      await vi.waitFor(async () => {
        expect((await groupNow('restored'))?.committed.get('payments')).toEqual([10, 10]);
      }, 20_000);
      await newVersion.stop();

      const outcome = await rollBack('restored', marker);
      expect(outcome).toMatchObject({
        kind: 'applied',
        partitions: [
          { fromOffset: 10, toOffset: 4, rereadMessages: 6, readBackOffset: 4, isRestored: true },
          { fromOffset: 10, toOffset: 6, rereadMessages: 4, readBackOffset: 6, isRestored: true },
        ],
      });
      expect((await groupNow('restored'))?.committed.get('payments')).toEqual([4, 6]);

      const oldVersion = await consume('restored', 'payments');
      await vi.waitFor(() => expect(oldVersion.seen).toHaveLength(10), 20_000);
      expect(oldVersion.seen.filter((place) => place.startsWith('0@'))[0]).toBe('0@4');
      expect(oldVersion.seen.filter((place) => place.startsWith('1@'))[0]).toBe('1@6');
    });

    test('it goes back no farther than what retention has left', async () => {
      await fillTopics(cluster.brokers, { trimmed: [10] });
      await commitOffsets(broker, [{ group: 'late', offsets: { trimmed: [2] } }]);
      const marker = await markerNow('late');
      await commitOffsets(broker, [{ group: 'late', offsets: { trimmed: [9] } }]);
      const admin = kafka.admin();
      await admin.connect();
      // It can't delete records of a topic that it hasn't asked about.
      await admin.fetchTopicOffsets('trimmed');
      await admin.deleteTopicRecords({ topic: 'trimmed', partitions: [{ partition: 0, offset: '5' }] });
      await admin.disconnect();
      expect(await rollBack('late', marker)).toMatchObject({
        kind: 'applied',
        partitions: [{ fromOffset: 9, toOffset: 5, rereadMessages: 4, lostMessages: 3, isRestored: true }],
      });
    });

    test('a group that was deleted gets its offsets back', async () => {
      await commitOffsets(broker, [{ group: 'deleted', offsets: { orders: [3, 1] } }]);
      const marker = await markerNow('deleted');
      const admin = kafka.admin();
      await admin.connect();
      await admin.deleteGroups(['deleted']);
      await admin.disconnect();
      expect(await groupNow('deleted')).toBeUndefined();
      expect(await rollBack('deleted', marker)).toMatchObject({ kind: 'applied' });
      expect((await groupNow('deleted'))?.committed.get('orders')).toEqual([3, 1]);
    });

    test('while a classic member is alive it is refused, and the group is as before', async () => {
      await commitOffsets(broker, [{ group: 'classic-alive', offsets: { orders: [2, 2] } }]);
      const marker = await markerNow('classic-alive');
      await consume('classic-alive', 'orders');
      await vi.waitFor(async () => {
        const group = await groupNow('classic-alive');
        expect([group?.state, group?.committed.get('orders')]).toEqual(['Stable', [10, 4]]);
      }, 20_000);
      const before = await groupNow('classic-alive');
      expect(await rollBack('classic-alive', marker)).toMatchObject({
        kind: 'refused',
        obstacles: [{ kind: 'notEmpty', state: 'Stable', members: 1 }],
      });
      // And by the broker itself, for whoever joins between our look and our commit.
      const writer = kafkaOffsetWriter(connection);
      onTestFinished(() => writer.close());
      const offsets = [{ topic: 'orders', partition: 0, offset: 2 }];
      const answers = await writer.commit({ group: 'classic-alive', offsets, deadlineMs: 10_000 });
      expect(answers).toMatchObject([{ error: 'UNKNOWN_MEMBER_ID' }]);
      expect(await groupNow('classic-alive')).toEqual(before);
    });

    test('while a KIP-848 member is alive it is refused, and the group is as before, its epoch too', async () => {
      await commitOffsets(broker, [{ group: 'kip848-alive', offsets: { orders: [2, 2] } }]);
      const marker = await markerNow('kip848-alive');
      const member = await joinConsumerGroup(broker, { group: 'kip848-alive', topic: 'orders' });
      onTestFinished(() => member.close());
      await commitOffsets(broker, [{ group: 'kip848-alive', offsets: { orders: [7, 4] }, member }]);
      const before = await groupNow('kip848-alive');
      expect(before).toMatchObject({ type: 'consumer', epochs: { group: member.epoch() } });
      expect(await rollBack('kip848-alive', marker)).toMatchObject({
        kind: 'refused',
        obstacles: [{ kind: 'notEmpty', members: 1 }],
      });
      expect(await groupNow('kip848-alive')).toEqual(before);
    });

    if (release === '4.3.1') {
      describe('by the command line, on a release of the ledger', () => {
        let server: StoreServer;
        beforeAll(async () => {
          server = await startDynalite();
          await createTable({ tableName: 'ledger', endpoint: server.endpoint });
        });
        afterAll(() => server.stop());

        /** A release of a group of its own, whose marker is where the group stands, in a ledger. */
        const released = async (group: string) => {
          await commitOffsets(broker, [{ group, offsets: { orders: [4, 2] } }]);
          const table = openTable({ tableName: 'ledger', endpoint: server.endpoint });
          const ledger = dynamoReleaseLedger({ table, clock: systemClock, retentionMs: 86_400_000 });
          const attempt = anAttempt({ startedAtMs: systemClock.nowMs(), start: await markerNow(group) });
          await ledger.open(anEntry({ attempt, release: aRelease({ id: `release-${group}`, group }) }));
          await commitOffsets(broker, [{ group, offsets: { orders: [9, 4] } }]);
          const run = (action: string, ...more: readonly string[]) =>
            runCli([
              ...['rollback', action, '--release', `release-${group}`, '--brokers', broker],
              ...['--table', 'ledger', '--endpoint', server.endpoint, ...more],
            ]);
          return { run, ledger };
        };

        test('it shows the plan until it is told to execute, and the ledger has who did', async () => {
          const { run, ledger } = await released('cli');
          const shown = await run('apply');
          expect(shown).toMatchObject({ code: 0, stderr: '' });
          expect(shown.stdout).toContain('7 messages to be read again; "rollback apply --execute" does it');
          expect((await groupNow('cli'))?.committed.get('orders')).toEqual([9, 4]);

          const done = await run('apply', '--execute', '--json');
          expect(done).toMatchObject({ code: 0, stderr: '' });
          expect(JSON.parse(done.stdout)).toMatchObject({ outcome: 'applied', rereadMessages: 7, recorded: true });
          expect((await groupNow('cli'))?.committed.get('orders')).toEqual([4, 2]);
          expect((await ledger.read('release-cli'))?.rollbacks).toMatchObject([
            { outcome: 'applied', askedBy: { caller: 'cli' } },
          ]);
        });

        test('it fails while a member is alive, and for a release that there is not', async () => {
          const { run } = await released('cli-alive');
          const member = await joinConsumerGroup(broker, { group: 'cli-alive', topic: 'orders' });
          onTestFinished(() => member.close());
          const refused = await run('apply', '--execute');
          expect(refused.code).toBe(1);
          expect(refused.stdout).toContain('stop every consumer of the group');
          const unknown = await run('plan', '--release', 'nothing');
          expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('has no release "nothing"') });
        });
      });

      test('a share group is refused: it has no offsets to go back to', async () => {
        await startShareGroupAt(broker, { group: 'sharing', topic: 'orders', startOffsets: [4] });
        const marker = await markerNow('sharing');
        expect(await rollBack('sharing', marker)).toMatchObject({
          kind: 'refused',
          obstacles: [{ kind: 'shareGroup' }],
        });
      });
    }
  });
});
