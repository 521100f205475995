import { CompressionTypes } from 'kafkajs';
import { demoKafka } from '../../local/demo/client.ts';
import { type Deed, type Happening, PARTITIONS, soakPlan } from './plan.ts';
import { type SoakGroup, soakGroup } from './soak-group.ts';

// Producers and consumers of a soak, in a process of their own: the one that judges them must be measured alone.
// Arguments: length in seconds, seed, brokers.

/** What this program writes, a JSON object a line. */
export type SoakTold =
  | { readonly ready: true }
  | { readonly group: string; readonly deed: Deed; readonly phase: 'begins' | 'is over' };

const TICK_MS = 500;
const [forS = 0, seed = 0] = process.argv.slice(2, 4).map(Number);
const brokers = process.argv.slice(4);
const tell = (told: SoakTold): void => void process.stdout.write(`${JSON.stringify(told)}\n`);

const plan = soakPlan(forS, seed);
const kafka = demoKafka(brokers, 'soak');
const admin = kafka.admin();
await admin.connect();
await admin.createTopics({
  waitForLeaders: true,
  topics: plan.groups.map(({ topic }) => ({ topic, numPartitions: PARTITIONS, replicationFactor: 3 })),
});
await admin.disconnect();
const producer = kafka.producer({ allowAutoTopicCreation: false });
await producer.connect();

/** So many messages for each partition of a topic. */
const round = (topic: string, count: number) => ({
  topic,
  messages: Array.from({ length: count * PARTITIONS }, (_, index) => ({ partition: index % PARTITIONS, value: 'x' })),
});
const send = (rounds: readonly ReturnType<typeof round>[]) =>
  producer.sendBatch({ topicMessages: [...rounds], acks: 1, compression: CompressionTypes.None });

await send(plan.groups.map(({ topic }) => round(topic, 1)));
const groups = plan.groups.map((group) => ({ ...group, running: soakGroup(group, { brokers, producer }) }));
await Promise.all(groups.map(({ running }) => running.ready));
tell({ ready: true });

/** A broker that is gone costs some ticks: what they owed comes with the next one that is taken. */
let lastMs = performance.now();
async function tick(): Promise<void> {
  const nowMs = performance.now();
  const sinceS = (nowMs - lastMs) / 1_000;
  await send(groups.map(({ topic, perS }) => round(topic, Math.max(1, Math.round(sinceS * perS))))).then(
    () => {
      lastMs = nowMs;
    },
    () => undefined,
  );
  setTimeout(() => void tick(), TICK_MS);
}
void tick();

async function play(running: SoakGroup, group: string, { what, fromS, untilS }: Happening<Deed>): Promise<void> {
  setTimeout(() => {
    tell({ group, deed: what, phase: 'begins' });
    void running.begin(what);
  }, fromS * 1_000);
  setTimeout(() => {
    void running.end(what).then(() => tell({ group, deed: what, phase: 'is over' }));
  }, untilS * 1_000);
}
for (const { running, group, happenings } of groups) {
  for (const happening of happenings) void play(running, group, happening);
}
