import { kafkaClusterReader } from '../../lambdas/adapters/kafka/kafka-cluster-reader.ts';

// Reads the cluster at the given brokers, closes, says so, and has nothing left to do.
const none = { allow: [], deny: [] };
const reader = kafkaClusterReader({
  cluster: 'test',
  connection: { brokers: process.argv.slice(2), tls: null, authentication: { mechanism: 'none' } },
  filter: { groups: none, topics: none },
  extra: { lastStableOffset: false, newestRecord: false },
});
await reader.read({ atMs: 0, deadlineMs: 10_000 });
await reader.close();
console.log('closed');
