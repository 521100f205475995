import { Kafka, logLevel } from 'kafkajs';

// A consumer in a process of its own, to be killed; it says each offset that it commits. Arguments: broker, topic, group.

const [broker = '', topic = '', groupId = ''] = process.argv.slice(2);
const kafka = new Kafka({ brokers: [broker], clientId: `${groupId}-1`, logLevel: logLevel.NOTHING });
const consumer = kafka.consumer({ groupId, sessionTimeout: 6_000, heartbeatInterval: 1_000, maxWaitTimeInMs: 200 });
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload: { topics } }) => {
  for (const { offset } of topics.flatMap(({ partitions }) => partitions)) process.stdout.write(`${offset}\n`);
});
await consumer.run({ autoCommitInterval: 100, eachMessage: async () => {} });
