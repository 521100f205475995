import { fileURLToPath } from 'node:url';
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { type Pace, runPaced } from '../../../local/demo/paced-consumer.ts';
import { startLeashed } from '../../../local/leash.ts';

/** A topic, and the consumers of one group that are deployed to read it. Client ids are `GROUP-VERSION-NUMBER`. */
export interface GroupUnderRelease {
  readonly name: string;
  readonly topic: string;
  readonly partitions: number;
  /** Resolves when the member has joined the group. */
  start(member: string, pace: Pace): Promise<void>;
  /** The same; once it owns partitions it goes to their ends, as after `auto.offset.reset=latest`. */
  startAtLatest(member: string, pace: Pace): Promise<void>;
  /** It leaves in good order. */
  stop(member: string): Promise<void>;
  /** In a process of its own that dies soon after it has joined; resolves then. The group finds out by its timeout. */
  crashOnce(member: string): Promise<void>;
  stopAll(): Promise<void>;
}

/** Calls come back often, so that a member that works hears of a rebalance at once. */
const CALL = { maxWaitTimeInMs: 200, heartbeatInterval: 300, rebalanceTimeout: 5_000, sessionTimeout: 10_000 };
const CRASHING = fileURLToPath(new URL('crashing-member.program.ts', import.meta.url));

/** Nobody has joined yet, and the topic must exist. */
export function groupUnderRelease(
  brokers: readonly string[],
  { name, topic, partitions }: Pick<GroupUnderRelease, 'name' | 'topic' | 'partitions'>,
): GroupUnderRelease {
  const members = new Map<string, Consumer>();
  const clientOf = (member: string): Kafka =>
    new Kafka({ brokers: [...brokers], clientId: `${name}-${member}`, logLevel: logLevel.NOTHING });
  const join = async (member: string, consumer: Consumer, pace: Pace): Promise<void> => {
    members.set(member, consumer);
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    await runPaced(consumer, topic, partitions, pace);
    await joined;
  };
  const stop = async (member: string): Promise<void> => {
    await members.get(member)?.disconnect();
    members.delete(member);
  };
  return {
    name,
    topic,
    partitions,
    stop,
    start: (member, pace) => join(member, clientOf(member).consumer({ groupId: name, ...CALL }), pace),
    startAtLatest: async (member, pace) => {
      const client = clientOf(member);
      const consumer = client.consumer({ groupId: name, ...CALL });
      const admin = client.admin();
      await admin.connect();
      consumer.on(consumer.events.GROUP_JOIN, async ({ payload: { memberAssignment } }) => {
        for (const { partition, high } of await admin.fetchTopicOffsets(topic))
          if (memberAssignment[topic]?.includes(partition)) consumer.seek({ topic, partition, offset: high });
        await admin.disconnect();
      });
      await join(member, consumer, pace);
    },
    crashOnce: async (member) => {
      // kafkajs 2.2.4 computes a timer's delay below zero; Node 24 warns of it, and nothing comes of it.
      const args = ['--disable-warning=TimeoutNegativeWarning', CRASHING, name, topic, `${name}-${member}`, ...brokers];
      await startLeashed(process.execPath, args, { output: 'pipe' }).exited;
    },
    stopAll: async () => void (await Promise.all([...members.keys()].map(stop))),
  };
}
