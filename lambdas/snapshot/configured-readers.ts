import { kafkaClusterReader } from '../adapters/kafka/kafka-cluster-reader.ts';
import { resolveConnection, type SecretAccess } from '../adapters/secrets/resolve-connection.ts';
import { type Config, clusterNamed } from '../config/config.ts';
import type { ClusterReader } from '../core/ports/cluster-reader.ts';
import { reopeningReader } from './reopening-reader.ts';

/**
 * Readers of the configured clusters, by name: each is opened when first asked for, with its secrets, and kept.
 * Throws CLUSTER_UNKNOWN.
 */
export function configuredReaders(config: Config, access: SecretAccess): (name: string) => Promise<ClusterReader> {
  const readers = new Map<string, ClusterReader>();
  return async (name) => {
    const cluster = clusterNamed(config, name);
    const reader =
      readers.get(name) ??
      reopeningReader(async () =>
        kafkaClusterReader({
          cluster: name,
          connection: await resolveConnection(cluster, access),
          filter: cluster,
          extra: { lastStableOffset: cluster.readCommitted, newestRecord: false },
        }),
      );
    readers.set(name, reader);
    return reader;
  };
}
