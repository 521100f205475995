import type { ClusterConnection } from '../../core/cluster/connection.ts';
import { EVERY_NAME, onlyName } from '../../core/cluster/name-filter.ts';
import type { ClusterReader } from '../../core/ports/cluster-reader.ts';
import type { OffsetWriter } from '../../core/ports/offset-writer.ts';
import { kafkaClusterReader } from './kafka-cluster-reader.ts';
import { kafkaOffsetWriter } from './kafka-offset-writer.ts';

/** A cluster as a rollback of one group needs it. */
export interface RollbackCluster {
  /** Shows that group with all of its topics, whatever the configuration leaves out, and the logs of the partitions. */
  readonly reader: ClusterReader;
  readonly writer: OffsetWriter;
  close(): Promise<void>;
}

/** Throws CONFIG_INVALID as the reader does. */
export function kafkaRollbackCluster(
  cluster: string,
  connection: ClusterConnection,
  {
    group,
    partitions,
  }: {
    readonly group: string;
    readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
  },
): RollbackCluster {
  const reader = kafkaClusterReader({
    cluster,
    connection,
    filter: { groups: onlyName(group), topics: EVERY_NAME },
    extra: { lastStableOffset: false, newestRecord: false },
    partitions,
  });
  const writer = kafkaOffsetWriter(connection);
  return {
    reader,
    writer,
    async close() {
      await Promise.all([reader.close(), writer.close()]);
    },
  };
}
