import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type KafkaCluster, type KafkaClusterOptions, startKafkaCluster } from '../../local/kafka-cluster.ts';
import { KAFKA_RELEASES } from '../../local/kafka-jars.ts';
import { type Listener, USERS } from '../../local/kafka-properties.ts';
import { processesWith } from '../setup/processes.ts';
import { describeWithRealParts, sharedBroker } from '../setup/real-parts.ts';
import { roundTrip } from '../setup/round-trip.ts';

/** A crashed broker is let in again only when the cluster has given it up: 9 s by default, too long for a test. */
const GIVE_UP_SOON = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };
const BOTH = ['one', 'two'];

async function startForTest(options: KafkaClusterOptions): Promise<KafkaCluster> {
  const cluster = await startKafkaCluster(options);
  onTestFinished(() => cluster.stop());
  return cluster;
}

describeWithRealParts('a Kafka cluster on this machine', () => {
  test('one broker is shared by all files', async () => {
    expect(await roundTrip({ brokers: [sharedBroker()] }, { topic: 'shared-trip', replicas: 1 })).toEqual(BOTH);
  });

  test.each(KAFKA_RELEASES)('%s serves, and comes back on its port after a crash and a clean end', async (release) => {
    const { brokers, nodes } = await startForTest({ release, properties: GIVE_UP_SOON });
    const config = { brokers: [...brokers] };
    expect(await roundTrip(config, { topic: 'a', replicas: 1 })).toEqual(BOTH);
    const [node] = nodes;
    await node?.kill();
    expect(await isOpen(brokers[0])).toBe(false);
    await node?.start();
    expect(await roundTrip(config, { topic: 'b', replicas: 1 })).toEqual(BOTH);
    await node?.stop();
    expect(await isOpen(brokers[0])).toBe(false);
    await node?.start();
    expect(await roundTrip(config, { topic: 'c', replicas: 1 })).toEqual(BOTH);
  });

  test('a frozen broker takes connections and gives no answer until it is resumed', async () => {
    const { brokers, nodes } = await startForTest({});
    const config = { brokers: [...brokers], requestTimeout: 500, retry: { retries: 0 } };
    await nodes[0]?.freeze();
    expect(await isOpen(brokers[0])).toBe(true);
    await expect(roundTrip(config, { topic: 'frozen', replicas: 1 })).rejects.toThrow(/timed out/);
    await nodes[0]?.resume();
    expect(await roundTrip({ brokers: [...brokers] }, { topic: 'thawed', replicas: 1 })).toEqual(BOTH);
  });

  test('three brokers replicate, and go on without one that was killed', async () => {
    const { brokers, nodes } = await startForTest({ brokers: 3, properties: GIVE_UP_SOON });
    expect(await roundTrip({ brokers: [...brokers] }, { topic: 'a', replicas: 3 })).toEqual(BOTH);
    await vi.waitFor(async () => expect(await inSyncReplicas(brokers, 'a')).toEqual([3, 3]), 5_000);
    await nodes[2]?.kill();
    const alive = brokers.slice(0, 2);
    await vi.waitFor(async () => expect(await inSyncReplicas(alive, 'a')).toEqual([2, 2]), 10_000);
    expect(await roundTrip({ brokers: alive }, { topic: 'b', replicas: 2 })).toEqual(BOTH);
  });

  test('each listener takes clients of its kind', async () => {
    const listeners = ['SASL_PLAINTEXT', 'SSL', 'SASL_SSL'] as const;
    const cluster = await startForTest({ listeners });
    const { ca = '', client = { certificate: '', key: '' } } = cluster.certificates ?? {};
    const clients: readonly (Omit<KafkaConfig, 'brokers'> & { listener: Listener })[] = [
      { listener: 'SASL_PLAINTEXT', sasl: { mechanism: 'plain', ...USERS.plain } },
      { listener: 'SASL_PLAINTEXT', sasl: { mechanism: 'scram-sha-256', ...USERS['scram-sha-256'] } },
      { listener: 'SASL_SSL', ssl: { ca }, sasl: { mechanism: 'scram-sha-512', ...USERS['scram-sha-512'] } },
      { listener: 'SSL', ssl: { ca, cert: client.certificate, key: client.key } },
    ];
    for (const [index, { listener, ...config }] of clients.entries()) {
      const brokers = [...cluster.brokersOf(listener)];
      expect(await roundTrip({ ...config, brokers }, { topic: `listener-${index}`, replicas: 1 })).toEqual(BOTH);
    }
  });

  test('a start that fails says why, and names a log that is there to read', async () => {
    const error = await startKafkaCluster({ properties: { 'metric.reporters': 'no.such.Reporter' } }).catch(String);
    const log = /Its log is (\S+)/.exec(String(error))?.[1] ?? '';
    expect(error).toMatch(/did not start: broker 1 ended with exit code 1\..*no\.such\.Reporter/s);
    expect(readFileSync(log, 'utf8')).toContain('no.such.Reporter');
    expect(readdirSync(dirname(log))).toEqual(['kafka-1.log', 'kafka-1.properties']);
    expect(processesWith(log)).toEqual([]);
    rmSync(dirname(log), { recursive: true });
  });

  test('stop leaves neither a process nor a file', async () => {
    const cluster = await startKafkaCluster({});
    const [folder = ''] = ownFolders(process.pid).filter((name) => processesWith(name).length > 0);
    await cluster.stop();
    expect(processesWith(folder)).toEqual([]);
    expect(ownFolders(process.pid)).not.toContain(folder);
  });

  test('an owner that is killed with -9 leaves neither a process nor a file', async () => {
    const owner = spawn(process.execPath, [join(import.meta.dirname, '../setup/cluster-owner.ts')], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(owner.stdout, 'data');
    const [folder = 'none'] = ownFolders(owner.pid ?? 0);
    expect(processesWith(folder)).not.toEqual([]);
    owner.kill('SIGKILL');
    await vi.waitFor(() => {
      expect(processesWith(folder)).toEqual([]);
      expect(ownFolders(owner.pid ?? 0)).toEqual([]);
    }, 5_000);
  });
});

function ownFolders(pid: number): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`sluicegate-${pid}-`));
}

/** By partition, how many replicas are in sync. */
async function inSyncReplicas(brokers: readonly string[], topic: string): Promise<readonly number[]> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
  await admin.disconnect();
  return (topics[0]?.partitions ?? []).map(({ isr }) => isr.length);
}

/** Does anything take connections there? */
async function isOpen(broker = ''): Promise<boolean> {
  const [host, port] = broker.split(':');
  const socket = connect(Number(port), host);
  const opened = once(socket, 'connect').then(
    () => true,
    () => false,
  );
  const isOpened = await Promise.race([opened, delay(1_000, false)]);
  socket.destroy();
  return isOpened;
}
