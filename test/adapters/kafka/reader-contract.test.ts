import { afterAll, beforeAll } from 'vitest';
import { aKafkaReader } from '../../builders/kafka-reader.ts';
import { type ScriptedCluster, startScriptedCluster } from '../../builders/scripted-cluster.ts';
import { CONTRACT_CLUSTER, clusterReaderContract } from '../../contracts/cluster-reader.contract.ts';

let cluster: ScriptedCluster;

beforeAll(async () => {
  const { topics, commits } = CONTRACT_CLUSTER;
  cluster = await startScriptedCluster({
    topics: Object.fromEntries(
      Object.entries(topics).map(([topic, records]) => [topic, records.map((end) => ({ end }))]),
    ),
    groups: Object.fromEntries(Object.entries(commits).map(([group, committed]) => [group, { committed }])),
  });
});

afterAll(() => cluster.stop());

clusterReaderContract((settings) => aKafkaReader(cluster.brokers, settings));
