import { onTestFinished } from 'vitest';
import {
  type KafkaClusterReaderOptions,
  kafkaClusterReader,
} from '../../lambdas/adapters/kafka/kafka-cluster-reader.ts';
import type { ClusterConnection } from '../../lambdas/core/cluster/connection.ts';
import type { ClusterReader, Reading } from '../../lambdas/core/ports/cluster-reader.ts';
import { type ClusterScript, type ScriptedCluster, startScriptedCluster } from './scripted-cluster.ts';

type ReaderSettings = Partial<Omit<KafkaClusterReaderOptions, 'connection'>> & {
  readonly connection?: Partial<ClusterConnection>;
};

/** A reader of everything, closed when the test ends. */
export function aKafkaReader(brokers: readonly string[], settings: ReaderSettings = {}): ClusterReader {
  const reader = openKafkaReader(brokers, settings);
  onTestFinished(() => reader.close());
  return reader;
}

/** The same for whoever closes it. */
export function openKafkaReader(
  brokers: readonly string[],
  { connection, ...settings }: ReaderSettings = {},
): ClusterReader {
  return kafkaClusterReader({
    cluster: 'test',
    connection: { brokers, tls: null, authentication: { mechanism: 'none' }, ...connection },
    filter: { groups: { allow: [], deny: [] }, topics: { allow: [], deny: [] } },
    extra: { lastStableOffset: false, newestRecord: false },
    ...settings,
  });
}

/** A scripted cluster that ends with the test. */
export async function aScriptedCluster(script: ClusterScript): Promise<ScriptedCluster> {
  const cluster = await startScriptedCluster(script);
  onTestFinished(() => cluster.stop());
  return cluster;
}

/** One reading of a scripted cluster. */
export async function readScripted(
  script: ClusterScript,
  { deadlineMs = 5_000, ...settings }: ReaderSettings & { readonly deadlineMs?: number } = {},
): Promise<Reading & { readonly cluster: ScriptedCluster }> {
  const cluster = await aScriptedCluster(script);
  const reading = await aKafkaReader(cluster.brokers, settings).read({ atMs: 1_000, deadlineMs });
  return { ...reading, cluster };
}
