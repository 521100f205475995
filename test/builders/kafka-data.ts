import { setTimeout as delay } from 'node:timers/promises';
import { type Admin, Kafka, logLevel } from 'kafkajs';

/** Makes topics and writes so many records into each of their partitions. */
export async function fillTopics(
  brokers: readonly string[],
  topics: Readonly<Record<string, readonly number[]>>,
  {
    replicas = 1,
    topicConfig = {},
  }: { readonly replicas?: number; readonly topicConfig?: Readonly<Record<string, string>> } = {},
): Promise<void> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  // Idempotent: a retry must not write a record twice.
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await Promise.all([admin.connect(), producer.connect()]);
  try {
    await admin.createTopics({
      // Its own waiting fails on a broker that has not heard of the topic yet.
      waitForLeaders: false,
      topics: Object.entries(topics).map(([topic, records]) => ({
        topic,
        numPartitions: records.length,
        replicationFactor: replicas,
        configEntries: Object.entries(topicConfig).map(([name, value]) => ({ name, value })),
      })),
    });
    await awaitLeaders(admin, Object.keys(topics));
    for (const [topic, records] of Object.entries(topics)) {
      // One by one: of several, kafkajs sends those that were taken already once more when their leader has moved since.
      for (const [partition, count] of records.entries()) {
        const messages = Array.from({ length: count }, () => ({ partition, value: 'x' }));
        if (count > 0) await producer.send({ topic, messages });
      }
    }
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
}

async function awaitLeaders(admin: Admin, topics: string[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const error = await admin.fetchTopicMetadata({ topics }).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error === null) return;
    if (attempt === 100) throw error;
    await delay(100);
  }
}
