import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Kafka, logLevel } from 'kafkajs';
import { type LeashedProcess, startLeashed } from '../../../local/leash.ts';

/** A topic of one partition, and the only consumer of one group. */
export interface Workload {
  /** Writes a message; with a consumer it resolves when that has committed it, so that nothing waits. */
  produce(): Promise<void>;
  startConsumer(): void;
  /** kill -9: the group keeps its member until the session ends. */
  killConsumer(): Promise<void>;
  stop(): Promise<void>;
}

interface ConsumerProcess {
  readonly running: LeashedProcess;
  readonly commits: Interface;
}

export async function startWorkload(
  broker: string,
  { topic, group }: { readonly topic: string; readonly group: string },
): Promise<Workload> {
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  let consumer: ConsumerProcess | null = null;
  let committed = 0;

  const killConsumer = async (): Promise<void> => {
    await consumer?.running.signal('KILL');
    await consumer?.running.exited;
    consumer = null;
  };
  return {
    killConsumer,
    startConsumer: () => {
      consumer = startConsumerProcess([broker, topic, group]);
      consumer.commits.on('line', (line) => {
        committed = Number(line);
      });
    },
    produce: async () => {
      const [written] = await producer.send({ topic, messages: [{ value: 'order' }] });
      const next = Number(written?.baseOffset) + 1;
      while (consumer !== null && committed < next) await once(consumer.commits, 'line');
    },
    stop: async () => {
      await killConsumer();
      await producer.disconnect();
    },
  };
}

const PROGRAM = fileURLToPath(new URL('consumer.program.ts', import.meta.url));

function startConsumerProcess(args: readonly string[]): ConsumerProcess {
  // kafkajs 2.2.4 computes a timer's delay below zero; Node 24 warns of it, and nothing comes of it.
  const command = ['--disable-warning=TimeoutNegativeWarning', PROGRAM, ...args];
  const running = startLeashed(process.execPath, command, { output: 'pipe' });
  if (running.stdout === null) throw new Error('invariant: a pipe was asked for');
  return { running, commits: createInterface({ input: running.stdout }) };
}
