import { kafkaClusterReader } from '../../../lambdas/adapters/kafka/kafka-cluster-reader.ts';
import { printRun } from '../measurement.ts';

// A new reader for each snapshot, so that connecting is part of every one: as in a Lambda invocation.
const [brokers = '', times = '1'] = process.argv.slice(2);
const none = { allow: [], deny: [] };

await printRun(Number(times), async () => {
  const reader = kafkaClusterReader({
    cluster: 'bench',
    connection: { brokers: brokers.split(','), tls: null, authentication: { mechanism: 'none' } },
    filter: { groups: none, topics: none },
    extra: { lastStableOffset: false, newestRecord: false },
  });
  const { snapshot, cost } = await reader.read({ atMs: Date.now(), deadlineMs: 60_000 });
  await reader.close();
  if (snapshot.failures.length > 0) throw new Error(JSON.stringify(snapshot.failures.slice(0, 3)));
  return { requests: cost.requests, bytes: cost.sentBytes + cost.receivedBytes, groups: snapshot.groups.size };
});
