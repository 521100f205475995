import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../local/kafka-cluster.ts';
import { USERS } from '../../../local/kafka-properties.ts';
import { commitOffsets } from '../../builders/committed-offsets.ts';
import { fillTopics } from '../../builders/kafka-data.ts';
import { aKafkaReader } from '../../builders/kafka-reader.ts';
import { type FaultyNetwork, type NetworkFault, startFaultyNetwork } from '../../setup/faulty-network.ts';
import { describeWithRealParts } from '../../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 20_000 };
const WITHIN_MS = 5_000;
const RECORDS = [3, 3, 3, 3, 3, 3];
const COMMITTED = RECORDS.map(() => 2);
const GROUPS = Array.from({ length: 30 }, (_, index) => `group-${index}`);

const FAULTS: readonly { readonly why: string; readonly fault: NetworkFault; readonly code: RegExp }[] = [
  { why: 'lets nothing through', fault: { kind: 'silent' }, code: /TIMEOUT|CONNECTION/ },
  { why: 'takes 10 s for each piece of an answer', fault: { kind: 'slow', delayMs: 10_000 }, code: /TIMEOUT/ },
  { why: 'resets at once', fault: { kind: 'cutAfter', bytes: 0, how: 'reset' }, code: /CONNECTION/ },
  { why: 'resets amid an answer', fault: { kind: 'cutAfter', bytes: 700, how: 'reset' }, code: /CONNECTION/ },
  { why: 'ends connections amid an answer', fault: { kind: 'cutAfter', bytes: 700, how: 'end' }, code: /CONNECTION/ },
];

/** Clients come in by a listener of their own, so that the brokers themselves see nothing of the faults. */
describeWithRealParts('three brokers, and a network that is bad before one of them', () => {
  let cluster: KafkaCluster;
  const networks: FaultyNetwork[] = [];

  beforeAll(async () => {
    cluster = await startKafkaCluster({
      brokers: 3,
      listeners: ['SASL_PLAINTEXT'],
      advertise: async (listener, port) => {
        if (listener === 'PLAINTEXT') return port;
        const network = await startFaultyNetwork(port);
        networks.push(network);
        return network.port;
      },
    });
    await fillTopics(cluster.brokers, { orders: RECORDS }, { replicas: 3 });
    await commitOffsets(
      cluster.brokers[0] ?? '',
      GROUPS.map((group) => ({ group, offsets: { orders: COMMITTED } })),
    );
  });
  afterAll(async () => {
    await cluster?.stop();
    await Promise.all(networks.map((network) => network.stop()));
  });

  const aReader = () =>
    aKafkaReader(cluster.brokersOf('SASL_PLAINTEXT'), {
      connection: { authentication: { mechanism: 'plain', ...USERS.plain } },
    });
  /** Not the seed that is asked first: every reading gets as far as the others. */
  const last = (): FaultyNetwork => {
    const found = networks.find(({ port }) => cluster.brokersOf('SASL_PLAINTEXT')[2] === `127.0.0.1:${port}`);
    if (found === undefined) throw new Error('no network before the third broker');
    return found;
  };

  /** What is there is right; what is not there is accounted for. */
  const expectHonest = ({ groups, topics, failures }: ClusterSnapshot): void => {
    for (const { committed } of groups.values()) expect(committed).toEqual(new Map([['orders', COMMITTED]]));
    const logs = topics.get('orders') ?? [];
    for (const log of logs) if (log !== null) expect(log).toEqual({ logStartOffset: 0, logEndOffset: 3 });
    if (groups.size < GROUPS.length || logs.includes(null)) expect(failures).not.toEqual([]);
  };

  describe.each(FAULTS)('that $why', ({ fault, code }) => {
    test.each([
      { state: 'from the start', isOpen: false },
      { state: 'between two readings over kept connections', isOpen: true },
    ])('$state: the other brokers’ part arrives within 5 s, the missing part is told, and it heals', async (when) => {
      const reader = aReader();
      if (when.isOpen) expect((await reader.read(READ)).snapshot.failures).toEqual([]);
      last().fail(fault);
      const { snapshot, cost } = await reader.read(READ);
      last().fail(null);
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      expectHonest(snapshot);
      expect(snapshot.groups.size).toBeGreaterThan(0);
      const broker = cluster.brokersOf('SASL_PLAINTEXT')[2];
      expect(snapshot.failures).toContainEqual(
        expect.objectContaining({ part: 'broker', broker, code: expect.stringMatching(code) }),
      );

      const healed = (await reader.read(READ)).snapshot;
      expect(healed.failures).toEqual([]);
      expect(healed.groups.size).toBe(GROUPS.length);
      expectHonest(healed);
    });
  });
});
