import { expect, test } from 'vitest';
import { type ClusterShape, type NodeAddress, propertiesOf } from '../../local/kafka-properties.ts';

const PLAIN: NodeAddress = {
  id: 1,
  ports: { PLAINTEXT: 19092 },
  advertised: { PLAINTEXT: '127.0.0.1:19092' },
  controllerPort: 19093,
};

const aShape = (changes: Partial<ClusterShape> = {}): ClusterShape => ({
  release: '4.3.1',
  nodes: [PLAIN],
  certificates: null,
  properties: {},
  ...changes,
});

const read = (node: NodeAddress, shape: ClusterShape): Record<string, string> =>
  Object.fromEntries(
    propertiesOf(node, shape, '/data')
      .trim()
      .split('\n')
      .map((line) => /^([^=]+)=(.*)$/.exec(line)?.slice(1) ?? []),
  );

test('a lone broker replicates nothing and listens on this machine only', () => {
  const properties = read(PLAIN, aShape());
  expect(properties['listeners']).toBe('PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093');
  expect(properties['advertised.listeners']).toBe('PLAINTEXT://127.0.0.1:19092');
  expect(properties['offsets.topic.replication.factor']).toBe('1');
  expect(properties['log.dirs']).toBe('/data');
  expect(Object.keys(properties).filter((key) => /ssl|sasl/.test(key))).toEqual([]);
});

test('clients are told the address of whatever stands before the broker', () => {
  const properties = read({ ...PLAIN, advertised: { PLAINTEXT: 'kafka-1.test:29092' } }, aShape());
  expect(properties['listeners']).toContain('PLAINTEXT://127.0.0.1:19092');
  expect(properties['advertised.listeners']).toBe('PLAINTEXT://kafka-1.test:29092');
});

test('three nodes vote together, and internal topics have three replicas', () => {
  const nodes = [1, 2, 3].map((id) => ({ ...PLAIN, id, controllerPort: 20_000 + id }));
  const properties = read(PLAIN, aShape({ nodes }));
  expect(properties['controller.quorum.voters']).toBe('1@127.0.0.1:20001,2@127.0.0.1:20002,3@127.0.0.1:20003');
  expect(properties['offsets.topic.replication.factor']).toBe('3');
});

test('only 3.9 must be told to take KIP-848 groups', () => {
  const key = 'group.coordinator.rebalance.protocols';
  expect(read(PLAIN, aShape({ release: '3.9.2' }))[key]).toBe('classic,consumer');
  expect(read(PLAIN, aShape())[key]).toBeUndefined();
});

test('SASL listeners know every user, and only SSL asks for a client certificate', () => {
  const node = { ...PLAIN, ports: { PLAINTEXT: 1, SASL_PLAINTEXT: 2, SSL: 3, SASL_SSL: 4 } };
  const certificates = { brokerKeyAndCertificate: '/broker.pem', clientCertificate: '/client.crt' };
  const properties = read(node, aShape({ certificates }));
  expect(properties['sasl.enabled.mechanisms']).toBe('PLAIN,SCRAM-SHA-256,SCRAM-SHA-512');
  for (const listener of ['sasl_plaintext', 'sasl_ssl']) {
    expect(properties[`listener.name.${listener}.plain.sasl.jaas.config`]).toContain('user_bob="bob-secret"');
  }
  expect(properties['listener.name.ssl.ssl.client.auth']).toBe('required');
  expect(properties['ssl.client.auth']).toBeUndefined();
});

test('a caller’s own properties win', () => {
  expect(read(PLAIN, aShape({ properties: { 'num.io.threads': '1' } }))['num.io.threads']).toBe('1');
});
