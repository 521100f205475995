import { Kafka, logLevel } from 'kafkajs';
import { type Commit, commitOffsets } from '../../test/builders/committed-offsets.ts';
import {
  joinConsumerGroup,
  joinShareGroup,
  joinStreamsGroup,
  type LiveMember,
} from '../../test/builders/group-members.ts';
import { fillTopics } from '../../test/builders/kafka-data.ts';

/** Topics of ten partitions that the groups share. */
const TOPICS = Array.from({ length: 550 }, (_, index) => `topic-${index}`);
const PARTITIONS = Array.from({ length: 10 }, () => 0);

/** Of each group type, with a member that lives through the measurement. */
const LIVE_GROUPS = 4;

/** Sessions of the newer group types last 45 s, of share groups too. */
const HEARTBEAT_MS = 5_000;

export async function createTopics(brokers: readonly string[]): Promise<void> {
  // In portions: one request for thousands of partitions takes longer than a client waits.
  for (let start = 0; start < TOPICS.length; start += 50) {
    await fillTopics(brokers, Object.fromEntries(TOPICS.slice(start, start + 50).map((topic) => [topic, PARTITIONS])));
  }
}

/** Makes groups until there are `count`; the first 1,100 commit in one topic each, the others in two. */
export async function commitGroups(broker: string, { from, count }: { from: number; count: number }): Promise<void> {
  const commits: Commit[] = [];
  for (let index = from; index < count; index += 1) {
    const topics = index < 1_100 ? [index] : [index, index + 1];
    const offsets = Object.fromEntries(topics.map((topic) => [TOPICS[topic % TOPICS.length] ?? '', PARTITIONS]));
    commits.push({ group: `group-${index}`, offsets });
  }
  await commitOffsets(broker, commits);
}

/** Live groups of every type, kept alive until `stop`. */
export async function startLiveGroups(brokers: readonly string[]): Promise<{ stop(): Promise<void> }> {
  const [broker = ''] = brokers;
  const members: LiveMember[] = [];
  for (let index = 0; index < LIVE_GROUPS; index += 1) {
    const topic = TOPICS[index] ?? '';
    members.push(await joinConsumerGroup(broker, { group: `live-consumer-${index}`, topic }));
    members.push(await joinShareGroup(broker, { group: `live-share-${index}`, topic }));
    members.push(await joinStreamsGroup(broker, { group: `live-streams-${index}`, topic }));
  }
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const consumers = Array.from({ length: LIVE_GROUPS }, (_, index) =>
    kafka.consumer({ groupId: `live-classic-${index}` }),
  );
  for (const [index, consumer] of consumers.entries()) {
    await consumer.connect();
    await consumer.subscribe({ topic: TOPICS[index] ?? '' });
    await consumer.run({ eachMessage: async () => {} });
  }
  const timer = setInterval(() => void Promise.all(members.map((member) => member.heartbeat())), HEARTBEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      for (const member of members) member.close();
      await Promise.all(consumers.map((consumer) => consumer.disconnect()));
    },
  };
}
