import { Kafka, logLevel } from 'kafkajs';

const TICK_MS = 200;

interface Topic {
  readonly topic: string;
  readonly partitions: number;
}

/** Creates topics and writes to every partition of them at the same pace, until it is stopped. */
export interface SteadyTraffic {
  /** Writes so many to each partition of one topic at once. */
  burst(of: Topic, messages: number): Promise<void>;
  stop(): Promise<void>;
}

/** Every partition has a message when this resolves, so that consumers have something to commit. */
export async function startSteadyTraffic(
  brokers: readonly string[],
  topics: readonly Topic[],
  messagesPerS: number,
): Promise<SteadyTraffic> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const toCreate = topics.map(({ topic, partitions }) => ({ topic, numPartitions: partitions, replicationFactor: 1 }));
  await admin.createTopics({ topics: toCreate, waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const messagesOf = ({ partitions }: Topic, each: number) =>
    Array.from({ length: each * partitions }, (_, index) => ({ partition: index % partitions, value: 'order' }));
  const writeToAll = async (each: number): Promise<void> => {
    const topicMessages = topics.map((of) => ({ topic: of.topic, messages: messagesOf(of, each) }));
    await producer.sendBatch({ acks: 1, topicMessages });
  };
  await writeToAll(1);
  const startMs = performance.now();
  let written = 0;
  let isStopped = false;
  const tick = async (): Promise<void> => {
    // By the clock: what a busy machine holds up comes later, and is not lost.
    const due = Math.floor(((performance.now() - startMs) / 1_000) * messagesPerS) - written;
    written += due;
    if (due > 0) await writeToAll(due);
    if (!isStopped) next = setTimeout(() => (underWay = tick()), TICK_MS);
  };
  let next: NodeJS.Timeout | undefined;
  let underWay = tick();
  return {
    burst: async (of, messages) => void (await producer.send({ topic: of.topic, messages: messagesOf(of, messages) })),
    stop: async () => {
      isStopped = true;
      clearTimeout(next);
      await underWay;
      await producer.disconnect();
    },
  };
}
