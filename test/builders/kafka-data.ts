import { Kafka, logLevel } from 'kafkajs';

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
      waitForLeaders: true,
      topics: Object.entries(topics).map(([topic, records]) => ({
        topic,
        numPartitions: records.length,
        replicationFactor: replicas,
        configEntries: Object.entries(topicConfig).map(([name, value]) => ({ name, value })),
      })),
    });
    for (const [topic, records] of Object.entries(topics)) {
      const messages = records.flatMap((count, partition) =>
        Array.from({ length: count }, () => ({ partition, value: 'x' })),
      );
      if (messages.length > 0) await producer.send({ topic, messages });
    }
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
  }
}
