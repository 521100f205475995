import type { KafkaRelease } from './kafka-jars.ts';

/** Ways to reach a broker, by Kafka's own names. Every broker has PLAINTEXT. */
export const LISTENERS = ['PLAINTEXT', 'SASL_PLAINTEXT', 'SSL', 'SASL_SSL'] as const;
export type Listener = (typeof LISTENERS)[number];

/** Who may log in on the SASL listeners. Passwords of a throwaway cluster on this machine: no secrets. */
export const USERS = {
  plain: { username: 'bob', password: 'bob-secret' },
  'scram-sha-256': { username: 'alice', password: 'alice-secret' },
  'scram-sha-512': { username: 'carol', password: 'carol-secret' },
} as const;

/** Where a node keeps its files and what it listens on. */
export interface NodeAddress {
  readonly id: number;
  readonly ports: Readonly<Partial<Record<Listener, number>>>;
  /** What clients are told: `host:port`. */
  readonly advertised: Readonly<Partial<Record<Listener, string>>>;
  readonly controllerPort: number;
}

/** What the nodes of a cluster have in common. */
export interface ClusterShape {
  readonly release: KafkaRelease;
  readonly nodes: readonly NodeAddress[];
  /** PEM files of a broker's key with certificate, and of the client certificates that it trusts; null without TLS. */
  readonly certificates: { readonly brokerKeyAndCertificate: string; readonly clientCertificate: string } | null;
  /** Kafka's own broker properties, which win over ours. */
  readonly properties: Readonly<Record<string, string>>;
}

/** The text of one node's properties file: broker and controller in one process. */
export function propertiesOf(node: NodeAddress, shape: ClusterShape, dataFolder: string): string {
  const all = {
    ...network(node, shape),
    ...(shape.certificates === null ? {} : tls(shape.certificates)),
    ...sasl(node),
    ...small(shape.nodes.length),
    ...(shape.release === '3.9.2' ? { 'group.coordinator.rebalance.protocols': 'classic,consumer' } : {}),
    'log.dirs': dataFolder,
    ...shape.properties,
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

function network(
  { id, ports, advertised, controllerPort }: NodeAddress,
  { nodes }: ClusterShape,
): Record<string, string> {
  const addresses = Object.entries(ports).map(([name, port]) => `${name}://127.0.0.1:${port}`);
  return {
    'process.roles': 'broker,controller',
    'node.id': `${id}`,
    'controller.quorum.voters': nodes.map((node) => `${node.id}@127.0.0.1:${node.controllerPort}`).join(','),
    listeners: [...addresses, `CONTROLLER://127.0.0.1:${controllerPort}`].join(','),
    'advertised.listeners': Object.entries(advertised)
      .map(([name, address]) => `${name}://${address}`)
      .join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'listener.security.protocol.map': [
      'CONTROLLER:PLAINTEXT',
      ...Object.keys(ports).map((name) => `${name}:${name}`),
    ].join(','),
  };
}

function tls({
  brokerKeyAndCertificate,
  clientCertificate,
}: NonNullable<ClusterShape['certificates']>): Record<string, string> {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': brokerKeyAndCertificate,
    // Mutual TLS on SSL; a name and a password on SASL_SSL.
    'listener.name.ssl.ssl.truststore.type': 'PEM',
    'listener.name.ssl.ssl.truststore.location': clientCertificate,
    'listener.name.ssl.ssl.client.auth': 'required',
  };
}

function sasl({ ports }: NodeAddress): Record<string, string> {
  const listeners = (['SASL_PLAINTEXT', 'SASL_SSL'] as const).filter((name) => ports[name] !== undefined);
  if (listeners.length === 0) return {};
  const { username, password } = USERS.plain;
  const plain = `org.apache.kafka.common.security.plain.PlainLoginModule required user_${username}="${password}";`;
  // SCRAM users are written into the metadata when the node is formatted.
  const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const perListener = listeners.flatMap((name) => [
    [`listener.name.${name.toLowerCase()}.plain.sasl.jaas.config`, plain],
    [`listener.name.${name.toLowerCase()}.scram-sha-256.sasl.jaas.config`, scram],
    [`listener.name.${name.toLowerCase()}.scram-sha-512.sasl.jaas.config`, scram],
  ]);
  return { 'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512', ...Object.fromEntries(perListener) };
}

/** A cluster for minutes on a laptop: few threads, small files, no waiting for more consumers to come. */
function small(nodeCount: number): Record<string, string> {
  const replicas = `${nodeCount}`;
  return {
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': '4',
    // Commits pile up until a segment is full: small ones are compacted sooner.
    'offsets.topic.segment.bytes': '10485760',
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '2',
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '2',
    'group.initial.rebalance.delay.ms': '0',
    'auto.create.topics.enable': 'false',
    'log.cleaner.dedupe.buffer.size': '4194304',
    'log.index.size.max.bytes': '16384',
    'num.network.threads': '2',
    'num.io.threads': '4',
  };
}
