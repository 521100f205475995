import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import { startLeashed } from '../../../local/leash.ts';

/** A topic that is written to all the time, and the only consumer of one group. */
export interface Workload {
  /** kill -9: the group keeps its member until the session ends. */
  killConsumer(): Promise<void>;
  /** Resolves when it has committed. */
  startConsumer(): Promise<void>;
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('consumer.program.ts', import.meta.url));
const PRODUCE_EVERY_MS = 200;

export async function startWorkload(
  broker: string,
  { topic, group }: { topic: string; group: string },
): Promise<Workload> {
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  // A message that can't be written is followed by the next; the test sees what comes of it.
  const produce = () => void producer.send({ topic, messages: [{ value: 'order' }] }).catch(() => undefined);
  const timer = setInterval(produce, PRODUCE_EVERY_MS);

  let consumer: Awaited<ReturnType<typeof startConsumerProcess>> | null = null;
  const killConsumer = async (): Promise<void> => {
    await consumer?.signal('KILL');
    await consumer?.exited;
    consumer = null;
  };
  return {
    killConsumer,
    startConsumer: async () => {
      consumer = await startConsumerProcess([broker, topic, group]);
    },
    stop: async () => {
      clearInterval(timer);
      await killConsumer();
      await producer.disconnect();
    },
  };
}

async function startConsumerProcess(args: readonly string[]) {
  // kafkajs 2.2.4 computes a timer's delay below zero; Node 24 warns of it, and nothing comes of it.
  const command = ['--disable-warning=TimeoutNegativeWarning', PROGRAM, ...args];
  const running = startLeashed(process.execPath, command, { output: 'pipe' });
  if (running.stdout === null) throw new Error('invariant: a pipe was asked for');
  const lines = createInterface({ input: running.stdout });
  const [said] = await once(lines, 'line');
  if (said !== 'committed') throw new Error(`the consumer said: ${said}`);
  return running;
}
