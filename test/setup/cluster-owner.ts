import { startKafkaCluster } from '../../local/kafka-cluster.ts';

// A process to be killed by a test: what it started must not survive it.
const { brokers } = await startKafkaCluster();
process.stdout.write(`${brokers.join(',')}\n`);
