import { type Command, Option } from 'commander';
import { systemClock } from '../lambdas/adapters/clock/system-clock.ts';
import { kafkaClusterReader } from '../lambdas/adapters/kafka/kafka-cluster-reader.ts';
import { readSecret } from '../lambdas/adapters/secrets/read-secret.ts';
import { resolveConnection } from '../lambdas/adapters/secrets/resolve-connection.ts';
import { type ClusterConfig, isBrokerAddress } from '../lambdas/config/cluster.ts';
import { type Config, clusterNamed, parseConfig } from '../lambdas/config/config.ts';
import type { ClusterConnection } from '../lambdas/core/cluster/connection.ts';
import { SluicegateError } from '../lambdas/core/errors.ts';
import type { ClusterReader } from '../lambdas/core/ports/cluster-reader.ts';
import { readCommandConfig } from './command-config.ts';
import { readConfig } from './config-file.ts';

/** How a command line names the cluster to read. */
export interface ConnectionOptions {
  readonly brokers?: string;
  /** As Kafka's own tools call it. */
  readonly bootstrapServer?: string;
  /** A client.properties of Kafka's own tools. */
  readonly commandConfig?: string;
  readonly config?: string;
  readonly cluster?: string;
}

/** A cluster to read, by whatever means it was named. */
export interface NamedCluster {
  readonly config: Config;
  readonly cluster: ClusterConfig;
  readonly connection: ClusterConnection;
}

/** Adds the options by which every command that reads Kafka takes its cluster. */
export const withConnectionOptions = (command: Command): Command =>
  command
    .option('--brokers <host:port,…>', 'brokers of the cluster to read; --bootstrap-server is the same')
    .addOption(new Option('--bootstrap-server <host:port,…>').hideHelp())
    .option('--command-config <file>', "how to connect to --brokers: a client.properties of Kafka's own tools")
    .option('--config <file>', 'take the cluster from a sluicegate.config.json')
    .option('--cluster <name>', 'which cluster of the configuration (default: its only one)');

/**
 * The cluster that the options name. Throws USAGE_INVALID when they name none, or name it twice; CONFIG_INVALID and
 * CLUSTER_UNKNOWN from the configuration; INPUT_UNREADABLE when it can't be read.
 */
export async function namedCluster(options: ConnectionOptions): Promise<NamedCluster> {
  const { bootstrapServer, brokers = bootstrapServer, commandConfig, config: file, cluster: name } = options;
  if (brokers !== undefined && file !== undefined) {
    throw new SluicegateError('USAGE_INVALID', 'give either --brokers or --config, not both: each names the cluster');
  }
  if (brokers === undefined && file === undefined) {
    throw new SluicegateError(
      'USAGE_INVALID',
      'which cluster? give --brokers host:port, or --config FILE with --cluster NAME',
    );
  }
  if (commandConfig !== undefined && file !== undefined) {
    throw new SluicegateError(
      'USAGE_INVALID',
      '--command-config goes with --brokers: a cluster of --config has its authentication there',
    );
  }
  const config =
    file === undefined
      ? parseConfig({ clusters: [{ name: name ?? 'cluster', brokers: addressesIn(brokers ?? '') }] }, '--cluster')
      : await readConfig(file);
  const cluster = clusterOf(config, name);
  const connection =
    commandConfig === undefined
      ? await resolveConnection(cluster, { readSecret, clock: systemClock })
      : await readCommandConfig(commandConfig, cluster.brokers);
  return { config, cluster, connection };
}

function addressesIn(list: string): readonly string[] {
  const addresses = list.split(',').map((address) => address.trim());
  const wrong = addresses.find((address) => !isBrokerAddress(address));
  if (wrong === undefined) return addresses;
  throw new SluicegateError('USAGE_INVALID', `--brokers: "${wrong}" is not host:port`);
}

/** Whether the options name a cluster at all. */
export const namesCluster = ({ brokers, bootstrapServer, config }: ConnectionOptions): boolean =>
  (brokers ?? bootstrapServer ?? config) !== undefined;

/** A reader of that cluster; the time of each log's newest record costs one more request per broker. */
export const readerOf = (
  { cluster, connection }: NamedCluster,
  { newestRecord }: { readonly newestRecord: boolean } = { newestRecord: false },
): ClusterReader =>
  kafkaClusterReader({
    cluster: cluster.name,
    connection,
    filter: cluster,
    extra: { lastStableOffset: cluster.readCommitted, newestRecord },
  });

function clusterOf(config: Config, name: string | undefined): ClusterConfig {
  const [only, ...others] = config.clusters;
  if (name === undefined && only !== undefined && others.length === 0) return only;
  if (name !== undefined) return clusterNamed(config, name);
  const names = config.clusters.map((cluster) => cluster.name).join(', ');
  throw new SluicegateError(
    'USAGE_INVALID',
    `which cluster? the configuration has ${names}: choose one with --cluster`,
  );
}
