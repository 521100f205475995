import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';

// A member that dies soon after it has joined, without a word to its group. Arguments: group, topic, client id, brokers.

/** Longer than two readings of the group are apart: it was seen. */
const LIFE_MS = 2_000;

const [groupId = '', topic = '', clientId = '', ...brokers] = process.argv.slice(2);
const consumer = new Kafka({ brokers, clientId, logLevel: logLevel.NOTHING }).consumer({
  groupId,
  // The shortest that the broker of the test allows: its death is to be noticed soon.
  sessionTimeout: 1_000,
  heartbeatInterval: 200,
  rebalanceTimeout: 5_000,
  maxWaitTimeInMs: 200,
});
consumer.on(consumer.events.GROUP_JOIN, async () => {
  await delay(LIFE_MS);
  process.exit(1);
});
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({ eachMessage: async () => undefined });
