import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';

/** Creates a topic, writes two messages, reads them in a new group, and resolves with what was read, sorted. */
export async function roundTrip(
  config: KafkaConfig,
  { topic, replicas }: { readonly topic: string; readonly replicas: number },
): Promise<readonly string[]> {
  const kafka = new Kafka({ logLevel: logLevel.NOTHING, ...config });
  const admin = kafka.admin();
  const producer = kafka.producer();
  const consumer = kafka.consumer({ groupId: `${topic}-group`, maxWaitTimeInMs: 100 });
  try {
    await Promise.all([admin.connect(), producer.connect(), consumer.connect()]);
    await admin.createTopics({
      topics: [{ topic, numPartitions: 2, replicationFactor: replicas }],
      waitForLeaders: true,
    });
    await producer.send({ topic, messages: [{ value: 'one' }, { value: 'two' }] });
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const values: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: { message: { value: Buffer | null } }) => {
        values.push(String(message.value));
        if (values.length === 2) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
    return values.sort();
  } finally {
    await Promise.all([consumer.disconnect(), producer.disconnect(), admin.disconnect()]);
  }
}
