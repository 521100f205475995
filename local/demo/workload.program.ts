import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaMessage } from 'kafkajs';
import { demoConsumer, demoKafka, firstCommits } from './client.ts';
import { DEMO_GROUP_NAMES, DEMO_GROUPS, type DemoGroup, RELEASED_GROUPS } from './groups.ts';
import { ordersProducer, POISON } from './orders-producer.ts';
import { EASY, type Pace, runPaced } from './paced-consumer.ts';
import { runPooled } from './pooled-consumer.ts';
import { playStory, type Scene, STORY } from './story.ts';
import { tell } from './told.ts';
import { messagesPerS, SLOW_CAPACITY_PER_S } from './traffic.ts';
import { clientIdOf, inUse } from './versions.ts';

// The demo's producer, and all its consumers but the one that gets killed and new versions. Arguments: the brokers.

const BURST_MESSAGES = 1_500;
const BURST_CAPACITY_PER_S = 40;
const HELPED_CAPACITY_PER_S = 60;
const POISON_RETRY_MS = 500;
const MEMBERS_IN_USE = 2;

const brokers = process.argv.slice(2);
const state = { isSlow: true, digestsPoison: true };

const stalling: Pace = {
  ...EASY,
  handle: async ({ key }: KafkaMessage, heartbeat) => {
    while (key?.toString() === POISON && !state.digestsPoison) {
      await delay(POISON_RETRY_MS);
      await heartbeat();
    }
  },
};

/** A consumer of the group, in a client of its own as every process would have it. */
const consumerOf = (group: DemoGroup, clientId = `${group}-1`) => demoConsumer(demoKafka(brokers, clientId), group);

async function startPaced(group: DemoGroup, pace: Pace, members = 1, clientId: string = group): Promise<void> {
  const { topic, partitions } = DEMO_GROUPS[group];
  const consumers = Array.from({ length: members }, (_, index) => consumerOf(group, `${clientId}-${index + 1}`));
  const ready = firstCommits(consumers, partitions);
  await Promise.all(consumers.map((consumer) => runPaced(consumer, topic, partitions, pace)));
  await ready;
}

async function startPooled(group: DemoGroup): Promise<void> {
  const { topic, partitions } = DEMO_GROUPS[group];
  const consumer = consumerOf(group);
  const ready = firstCommits([consumer], partitions);
  await runPooled(consumer, topic);
  await ready;
}

const producer = await ordersProducer(demoKafka(brokers, 'orders'));
// One message each, so that every partition gets its first commit before the story begins.
for (const group of DEMO_GROUP_NAMES) await producer.write(group, DEMO_GROUPS[group].partitions);
await Promise.all([
  startPaced('orders-healthy', EASY, DEMO_GROUPS['orders-healthy'].partitions),
  startPooled('orders-workers'),
  startPaced('orders-burst', { ...EASY, messagesPerS: () => BURST_CAPACITY_PER_S }),
  startPaced('orders-stalled', stalling),
  startPaced('orders-slow', {
    ...EASY,
    messagesPerS: () => (state.isSlow ? SLOW_CAPACITY_PER_S : HELPED_CAPACITY_PER_S),
  }),
  ...RELEASED_GROUPS.map((group) => startPaced(group, inUse, MEMBERS_IN_USE, clientIdOf(group, 1))),
]);
tell({ ready: true });

const startMs = performance.now();
producer.follow((group) => messagesPerS(group, (performance.now() - startMs) / 1_000, state.isSlow));
playStory(
  STORY.filter(({ group }) => group !== 'orders-stopped'),
  (scene) => void act(scene),
);

async function act({ group, fault, sentence }: Scene): Promise<void> {
  if (fault === 'poisoned' || fault === 'healed') state.digestsPoison = fault === 'healed';
  if (fault === 'slowed' || fault === 'helped') state.isSlow = fault === 'slowed';
  if (fault === 'poisoned') await producer.writePoison(group);
  if (fault === 'burst') await producer.write(group, BURST_MESSAGES);
  tell({ fault, group, sentence });
}
