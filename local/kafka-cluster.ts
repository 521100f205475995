import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { SluicegateError } from '../lambdas/core/errors.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import { freePorts } from './free-ports.ts';
import { type KafkaRelease, kafkaJars } from './kafka-jars.ts';
import { brokerOf, formatNode, type KafkaNode, kafkaNode, removeData } from './kafka-node.ts';
import type { Listener, NodeAddress } from './kafka-properties.ts';
import { awaitBrokers } from './kafka-readiness.ts';
import { fetchJars, type Progress } from './maven.ts';
import { makeOwnedFolder } from './owned-folder.ts';
import { findJava } from './tools.ts';

/** A real Kafka cluster on this machine. */
export interface KafkaCluster {
  /** `host:port` of each broker's PLAINTEXT listener. */
  readonly brokers: readonly string[];
  /** The same for another listener that was asked for. */
  brokersOf(listener: Listener): readonly string[];
  readonly nodes: readonly KafkaNode[];
  /** What a TLS client needs; null without a TLS listener. */
  readonly certificates: Certificates | null;
  /** Restarts one node after the other as another release, on the same data. */
  upgradeTo(release: KafkaRelease): Promise<void>;
  /** Ends every node and removes its data. */
  stop(): Promise<void>;
}

export interface KafkaClusterOptions {
  readonly release?: KafkaRelease;
  readonly brokers?: 1 | 3;
  /** Beside PLAINTEXT, which every broker has. */
  readonly listeners?: readonly Exclude<Listener, 'PLAINTEXT'>[];
  /** Kafka's own broker properties, on every node. */
  readonly properties?: Readonly<Record<string, string>>;
  /** What clients of a listener are told (`host:port`), where something stands between them and the broker. */
  readonly advertise?: (listener: Listener, port: number) => Promise<string>;
  /** Hears what is downloaded. */
  readonly progress?: Progress;
}

/**
 * Starts a cluster on free ports of 127.0.0.1, its data in a folder for temporary files, and resolves when it serves.
 *
 * It ends with us, however we end. Throws TOOL_MISSING without Java or Maven, BROKER_UNREACHABLE when it does not start.
 */
export async function startKafkaCluster(options: KafkaClusterOptions = {}): Promise<KafkaCluster> {
  const { release = '4.3.1', brokers = 1, listeners = [], properties = {}, progress = () => undefined } = options;
  const { advertise = async (_listener, port) => `127.0.0.1:${port}` } = options;
  const java = await findJava();
  const jvm = { java, jars: await fetchJars(kafkaJars(release), progress) };
  const folder = await makeOwnedFolder(tmpdir());
  const hasTls = listeners.includes('SSL') || listeners.includes('SASL_SSL');
  const certificates = hasTls ? await makeCertificates(folder) : null;
  const addresses = await addressesOf(brokers, ['PLAINTEXT', ...listeners], advertise);
  const shape = { release, nodes: addresses, certificates: certificates?.files ?? null, properties };
  const plan = { jvm, shape, clusterId: newClusterId(), folder };
  const nodes = addresses.map((address) => kafkaNode(address, plan));
  const killAll = async () => Promise.all(nodes.map((node) => node.kill()));
  try {
    await Promise.all(addresses.map((address) => formatNode(address, plan)));
    await Promise.all(nodes.map((node) => node.start()));
    await awaitWhole(nodes);
  } catch (cause: unknown) {
    await killAll();
    // The logs stay until the next start: the error names them.
    await Promise.all(addresses.map((address) => removeData(address, plan)));
    throw cause;
  }
  return {
    brokers: nodes.map(({ broker }) => broker),
    brokersOf: (listener) => addresses.map((address) => brokerOf(address, listener)),
    nodes,
    certificates,
    upgradeTo: async (next) => {
      const jars = await fetchJars(kafkaJars(next), progress);
      for (const node of nodes) {
        await node.stop();
        await node.start({ java, jars });
      }
    },
    stop: async () => {
      await killAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every node lists every other: only then do replicated topics get all their replicas. */
async function awaitWhole(nodes: readonly KafkaNode[]): Promise<void> {
  const failures = await Promise.all(nodes.map(({ broker }) => awaitBrokers(broker, nodes.length)));
  const failure = failures.find((found) => found !== null);
  if (failure) throw new SluicegateError('BROKER_UNREACHABLE', `The embedded Kafka did not form a cluster: ${failure}`);
}

/** A UUID as Kafka writes it; the first character must not look like an option to its command line. */
function newClusterId(): string {
  return `k${randomBytes(16).toString('base64url').slice(1)}`;
}

async function addressesOf(
  count: number,
  listeners: readonly Listener[],
  advertise: NonNullable<KafkaClusterOptions['advertise']>,
): Promise<readonly NodeAddress[]> {
  const free = [...(await freePorts(count * (listeners.length + 1)))];
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const controllerPort = free.pop() ?? 0;
      const ports = listeners.map((listener) => [listener, free.pop() ?? 0] as const);
      const told = ports.map(async ([listener, port]) => [listener, await advertise(listener, port)] as const);
      return {
        id: index + 1,
        controllerPort,
        ports: Object.fromEntries(ports),
        advertised: Object.fromEntries(await Promise.all(told)),
      };
    }),
  );
}
