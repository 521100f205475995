import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { memoryNotifier } from '../../../lambdas/adapters/memory/notifier.ts';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import { rulesetNamed } from '../../../lambdas/core/status/rulesets.ts';
import { startDynalite } from '../../../local/dynalite.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../local/kafka-cluster.ts';
import { USERS } from '../../../local/kafka-properties.ts';
import { commitOffsets } from '../../builders/committed-offsets.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { fillTopics } from '../../builders/kafka-data.ts';
import { aKafkaReader } from '../../builders/kafka-reader.ts';
import { T0_MS } from '../../builders/snapshots.ts';
import { aStoredService } from '../../builders/stored-service.ts';
import { type FaultyNames, NAME_FAULTS, startFaultyNames } from '../../setup/faulty-names.ts';
import { type FaultyNetwork, type NetworkFault, startFaultyNetwork } from '../../setup/faulty-network.ts';
import { describeWithRealParts } from '../../setup/real-parts.ts';

const READ = { atMs: 1_000, deadlineMs: 20_000 };
const WITHIN_MS = 5_000;
const RECORDS = [3, 3, 3, 3, 3, 3];
const COMMITTED = RECORDS.map(() => 2);
/** They have read all there is, and nobody is there: fine. */
const IDLE_GROUPS = Array.from({ length: 12 }, (_, index) => `idle-${index}`);
const GROUPS = Array.from({ length: 30 }, (_, index) => `group-${index}`);

const FAULTS: readonly { readonly why: string; readonly fault: NetworkFault; readonly code: RegExp }[] = [
  { why: 'lets nothing through', fault: { kind: 'silent' }, code: /TIMEOUT|CONNECTION/ },
  { why: 'takes 10 s for each piece of an answer', fault: { kind: 'slow', delayMs: 10_000 }, code: /TIMEOUT/ },
  { why: 'goes silent at the list of groups', fault: { kind: 'silentAfter', apiKey: 16 }, code: /TIMEOUT/ },
  { why: 'goes silent at committed offsets', fault: { kind: 'silentAfter', apiKey: 9 }, code: /TIMEOUT/ },
  { why: 'goes silent at log end offsets', fault: { kind: 'silentAfter', apiKey: 2 }, code: /TIMEOUT/ },
  { why: 'resets at once', fault: { kind: 'cutAfter', bytes: 0, how: 'reset' }, code: /CONNECTION/ },
  { why: 'resets amid an answer', fault: { kind: 'cutAfter', bytes: 700, how: 'reset' }, code: /CONNECTION/ },
  { why: 'ends connections amid an answer', fault: { kind: 'cutAfter', bytes: 700, how: 'end' }, code: /CONNECTION/ },
];

/** Clients come in by a listener of their own, so that the brokers themselves see nothing of the faults. */
describeWithRealParts('three brokers, and a network that is bad before one of them', () => {
  let cluster: KafkaCluster;
  const networks: FaultyNetwork[] = [];

  let names: FaultyNames;
  beforeAll(async () => {
    names = startFaultyNames();
    cluster = await startKafkaCluster({
      brokers: 3,
      listeners: ['SASL_PLAINTEXT'],
      advertise: async (listener, port) => {
        if (listener === 'PLAINTEXT') return `127.0.0.1:${port}`;
        const network = await startFaultyNetwork(port);
        networks.push(network);
        return `kafka-${networks.length}.test:${network.port}`;
      },
    });
    await fillTopics(cluster.brokers, { orders: RECORDS }, { replicas: 3 });
    await commitOffsets(cluster.brokers[0] ?? '', [
      ...GROUPS.map((group) => ({ group, offsets: { orders: COMMITTED } })),
      ...IDLE_GROUPS.map((group) => ({ group, offsets: { orders: RECORDS } })),
    ]);
  });
  afterAll(async () => {
    names?.stop();
    await cluster?.stop();
    await Promise.all(networks.map((network) => network.stop()));
  });

  const aReader = (groups = /group-.*/) =>
    aKafkaReader(cluster.brokersOf('SASL_PLAINTEXT'), {
      cluster: 'prod',
      connection: { authentication: { mechanism: 'plain', ...USERS.plain } },
      filter: { groups: { allow: [groups], deny: [] }, topics: { allow: [], deny: [] } },
    });
  /** Not the seed that is asked first: every reading gets as far as the others. */
  const last = (): FaultyNetwork => {
    const found = networks.find(({ port }) => cluster.brokersOf('SASL_PLAINTEXT')[2]?.endsWith(`:${port}`));
    if (found === undefined) throw new Error('no network before the third broker');
    return found;
  };

  /** Over a store of its own, until the test ends. A reader each time, as on Lambda: a minute later its connections would be too old. */
  async function aServiceOfIdleGroups() {
    const store = await startDynalite();
    onTestFinished(() => store.stop());
    const notifier = memoryNotifier();
    const service = await aStoredService({
      store: store.endpoint,
      through: store.endpoint,
      notifier,
      ruleset: rulesetNamed('default'),
      settings: eagerSettings({ unreadableAfterMs: 3 * 60_000 }),
      reader: () => aReader(/idle-.*/),
    });
    return { service, notifier };
  }

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

  describe('a name is not resolved', () => {
    const hostOf = (broker: string | undefined): string => broker?.split(':')[0] ?? '';

    test.each(
      NAME_FAULTS,
    )('of one broker (%s): the others’ part arrives within 5 s, it is told, and it heals', async (fault) => {
      const broker = cluster.brokersOf('SASL_PLAINTEXT')[2];
      names.failWhere((name) => (name === hostOf(broker) ? fault : null));
      const { snapshot, cost } = await aReader().read(READ);
      names.failWhere(() => null);
      expect(cost.wallMs).toBeLessThan(WITHIN_MS);
      expectHonest(snapshot);
      expect(snapshot.groups.size).toBeGreaterThan(0);
      const code = fault === 'silent' ? 'TIMEOUT' : 'CONNECTION';
      const message = expect.stringContaining(fault === 'silent' ? 'no answer' : fault);
      expect(snapshot.failures).toContainEqual(expect.objectContaining({ part: 'broker', broker, code, message }));
      expect((await aReader().read(READ)).snapshot.failures).toEqual([]);
    });

    test.each(NAME_FAULTS)('of any broker (%s): no reading, and each name with its cause', async (fault) => {
      names.failWhere(() => fault);
      const refusal = await aReader()
        .read(READ)
        .catch((error: unknown) => error);
      names.failWhere(() => null);
      expect(refusal).toMatchObject({ code: 'BROKER_UNREACHABLE' });
      for (const broker of cluster.brokersOf('SASL_PLAINTEXT')) expect(String(refusal)).toContain(broker);
      expect(String(refusal)).toContain(fault === 'silent' ? 'no answer' : fault);
    });

    test('now and then, of any of them: no group is said to be in trouble, and a whole outage is told as one', async () => {
      const { service, notifier } = await aServiceOfIdleGroups();
      const hosts = cluster.brokersOf('SASL_PLAINTEXT').map(hostOf);
      const outcomes: string[] = [];
      for (let minute = 0; minute < 20; minute += 1) {
        // Another one each minute, then all of them for six, then none.
        const isFound = (name: string): boolean => (minute < 10 ? hosts[minute % 4] !== name : minute >= 16);
        names.failWhere((name) => (isFound(name) ? null : 'EAI_AGAIN'));
        outcomes.push((await service.run(T0_MS + minute * 60_000, { isWarm: true })).snapshot.kind);
      }
      expect(outcomes.filter((kind) => kind === 'failed')).toHaveLength(6);
      expect(notifier.sent.filter(({ group }) => group !== null)).toEqual([]);
      expect(notifier.sent.map(({ kind, transition }) => `${kind} ${transition}`)).toEqual([
        'UNREADABLE opened',
        'UNREADABLE recovered',
      ]);
      expect(await service.newestStatuses()).toEqual(IDLE_GROUPS.toSorted().map((group) => [group, 'OK']));
    });
  });

  test('a reading that is still under way when the next slot is due: both are kept, and the newer one is judged once', async () => {
    const { service, notifier } = await aServiceOfIdleGroups();
    await service.run(T0_MS, { isWarm: true });
    const before = last().swallowed();
    last().fail({ kind: 'silent' });
    const slow = service.run(T0_MS + 60_000, { isWarm: true });
    await vi.waitFor(() => expect(last().swallowed()).toBeGreaterThan(before), 5_000);
    last().fail(null);
    const next = await service.run(T0_MS + 120_000, { isWarm: true });
    expect(next.evaluation.samples).toBe(1);
    expect(await slow).toMatchObject({ snapshot: { outcome: { outcome: 'stored' } }, evaluation: { samples: 0 } });
    expect((await service.kept()).map(({ slotMs }) => (slotMs - T0_MS) / 60_000)).toEqual([0, 1, 2]);
    expect(notifier.sent).toEqual([]);
  });
});
