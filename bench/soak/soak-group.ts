import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, KafkaMessage, Producer } from 'kafkajs';
import { demoConsumer, demoKafka, firstCommits } from '../../local/demo/client.ts';
import { type Pace, runPaced } from '../../local/demo/paced-consumer.ts';
import { type Deed, type GroupPlan, PARTITIONS } from './plan.ts';

const BURST_MESSAGES = 2_000;
const RETRY_MS = 500;

/** One group at work on a real cluster, and what can be done to it. */
export interface SoakGroup {
  /** Resolves when every partition has its first commit. */
  readonly ready: Promise<void>;
  begin(deed: Deed): Promise<void>;
  end(deed: Deed): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a group's members. Its topic exists, and `producer` fills it. */
export function soakGroup(
  { group, topic, perS, members: count }: GroupPlan,
  { brokers, producer }: { readonly brokers: readonly string[]; readonly producer: Producer },
): SoakGroup {
  const state = { stuck: false, slowed: false, nextMember: 1 };
  let members: Consumer[] = [];
  const pace: Pace = {
    messagesPerS: () => (state.slowed ? Math.max(1, perS / 3) : perS * 8),
    handle: async ({ key }: KafkaMessage, heartbeat) => {
      while (state.stuck && key?.toString() === 'stuck') {
        await delay(RETRY_MS);
        await heartbeat();
      }
    },
  };

  function newMember(): Consumer {
    const consumer = demoConsumer(demoKafka(brokers, `${group}-${state.nextMember}`), group);
    state.nextMember += 1;
    members.push(consumer);
    return consumer;
  }
  const run = (consumer: Consumer) => runPaced(consumer, topic, PARTITIONS, pace);
  const join = () => run(newMember());
  const joinAll = () => Promise.all(Array.from({ length: count }, join));
  async function leave(leaving: readonly Consumer[]): Promise<void> {
    members = members.filter((member) => !leaving.includes(member));
    await Promise.all(leaving.map((member) => member.disconnect()));
  }

  const begins: Readonly<Record<Deed, () => Promise<unknown>>> = {
    stopped: () => leave(members),
    redeployed: () => leave(members),
    stalled: async () => {
      state.stuck = true;
      await producer.send({ topic, messages: [{ partition: 0, key: 'stuck', value: 'x' }] });
    },
    slowed: async () => {
      state.slowed = true;
    },
    burst: async () => {
      const messages = Array.from({ length: BURST_MESSAGES }, (_, index) => ({
        partition: index % PARTITIONS,
        value: 'x',
      }));
      await producer.send({ topic, messages });
    },
    joined: join,
  };
  const ends: Readonly<Record<Deed, () => Promise<unknown>>> = {
    stopped: joinAll,
    redeployed: joinAll,
    stalled: async () => {
      state.stuck = false;
    },
    slowed: async () => {
      state.slowed = false;
    },
    burst: async () => undefined,
    joined: () => leave(members.slice(-1)),
  };
  const first = Array.from({ length: count }, newMember);
  // Before they run: there is one message for each partition, and the commits come but once.
  const committed = firstCommits(first, PARTITIONS);
  return {
    ready: Promise.all(first.map(run)).then(() => committed),
    begin: async (deed) => void (await begins[deed]()),
    end: async (deed) => void (await ends[deed]()),
    stop: () => leave(members),
  };
}
