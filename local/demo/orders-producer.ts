import { CompressionTypes, type Kafka, type Message } from 'kafkajs';
import { DEMO_GROUP_NAMES, DEMO_GROUPS, type DemoGroup } from './groups.ts';

const TICK_MS = 250;

/** Writes orders into every group's topic. */
export interface OrdersProducer {
  /** Goes on from now on: at each moment, messages a second for each partition of a group's topic. */
  follow(messagesPerS: (group: DemoGroup) => number): void;
  /** Writes some at once. */
  write(group: DemoGroup, count: number): Promise<void>;
  /** Writes one that its consumer cannot digest. */
  writePoison(group: DemoGroup): Promise<void>;
}

/** The mark of a message that the stalled consumer cannot digest. */
export const POISON = 'poison';

/** Connects, and writes nothing yet. */
export async function ordersProducer(kafka: Kafka): Promise<OrdersProducer> {
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  let order = 0;
  const anOrder = (partition: number): Message => {
    order += 1;
    return { partition, value: JSON.stringify({ order, customer: order % 997, cents: (order * 37) % 20_000 }) };
  };
  /** One request to each broker, whatever the number of topics. */
  const send = async (messagesOf: (group: DemoGroup) => Message[]): Promise<void> => {
    const topicMessages = DEMO_GROUP_NAMES.map((group) => ({
      topic: DEMO_GROUPS[group].topic,
      messages: messagesOf(group),
    })).filter(({ messages }) => messages.length > 0);
    if (topicMessages.length > 0)
      await producer.sendBatch({ topicMessages, acks: 1, compression: CompressionTypes.None });
  };
  const spread = (group: DemoGroup, count: number): Message[] =>
    Array.from({ length: count }, (_, index) => anOrder(index % DEMO_GROUPS[group].partitions));
  return {
    follow: (messagesPerS) => follow(send, spread, messagesPerS),
    write: (only, count) => send((group) => (group === only ? spread(group, count) : [])),
    writePoison: (only) => send((group) => (group === only ? [{ ...anOrder(0), key: POISON }] : [])),
  };
}

function follow(
  send: (messagesOf: (group: DemoGroup) => Message[]) => Promise<void>,
  spread: (group: DemoGroup, count: number) => Message[],
  messagesPerS: (group: DemoGroup) => number,
): void {
  /** By group, rounds over its partitions that are owed: rates are not whole numbers a tick. */
  const owed = new Map<DemoGroup, number>();
  let lastMs = performance.now();
  const tick = async (): Promise<void> => {
    const nowMs = performance.now();
    const elapsedS = (nowMs - lastMs) / 1_000;
    lastMs = nowMs;
    await send((group) => {
      const rounds = (owed.get(group) ?? 0) + elapsedS * messagesPerS(group);
      owed.set(group, rounds - Math.floor(rounds));
      return spread(group, Math.floor(rounds) * DEMO_GROUPS[group].partitions);
    });
    setTimeout(() => void tick(), TICK_MS);
  };
  void tick();
}
