import { setTimeout as delay } from 'node:timers/promises';
import { SluicegateError } from '../../lambdas/core/errors.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { Fault } from '../tell/teller.ts';
import { demoKafka } from './client.ts';
import { DEMO_GROUPS } from './groups.ts';
import { type DemoProgram, type DemoProgramEvents, startProgram } from './program.ts';
import { type FaultName, playStory, STORY } from './story.ts';

export interface DemoFault extends Fault {
  readonly fault: FaultName;
}

export interface Demo {
  /** Ends all of its processes, abruptly: the groups' members are dropped when their sessions end. */
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly brokers: readonly string[];
  readonly clock: Clock;
  readonly onFault: (fault: DemoFault) => void;
  /** Something of the demo itself broke, and its groups will look stopped from now on. */
  readonly onTrouble: (sentence: string) => void;
}

const START_TIMEOUT_MS = 45_000;
/** The broker has answered before: if it does not now, a few seconds more will not help. */
const ADMIN_RETRIES = 3;

/**
 * Starts producers and consumers on a cluster that is for them alone, and resolves when every group has committed all
 * that there is. The story (story.ts) begins at that moment.
 */
export async function startDemo({ brokers, clock, onFault, onTrouble }: DemoOptions): Promise<Demo> {
  await createTopics(brokers);
  const events: DemoProgramEvents = {
    told: (fault) => onFault({ atMs: clock.nowMs(), ...fault }),
    failed: onTrouble,
  };
  const startConsumer = () => startProgram('lone-consumer', brokers, events);
  const workload = startProgram('workload', brokers, events);
  let consumer: DemoProgram = startConsumer();
  const killAll = async () => void (await Promise.all([workload.kill(), consumer.kill()]));
  try {
    await withinTime(Promise.all([workload.ready, consumer.ready]));
  } catch (cause: unknown) {
    await killAll();
    throw cause;
  }
  const scenes = STORY.filter(({ group }) => group === 'orders-stopped');
  const stopStory = playStory(scenes, ({ group, fault, sentence }) => {
    if (fault === 'killed') void consumer.kill();
    else consumer = startConsumer();
    onFault({ atMs: clock.nowMs(), group, fault, sentence });
  });
  return {
    stop: async () => {
      stopStory();
      await killAll();
    },
  };
}

/** Messages are kept for half an hour, in small files: the demo may run for days. */
async function createTopics(brokers: readonly string[]): Promise<void> {
  const configEntries = [
    { name: 'retention.ms', value: `${30 * 60_000}` },
    { name: 'segment.ms', value: `${5 * 60_000}` },
    { name: 'segment.bytes', value: `${1_048_576}` },
  ];
  const topics = Object.values(DEMO_GROUPS).map(({ topic, partitions }) => ({
    topic,
    numPartitions: partitions,
    replicationFactor: 1,
    configEntries,
  }));
  const admin = demoKafka(brokers, 'orders-admin', ADMIN_RETRIES).admin();
  await admin.connect();
  try {
    await admin.createTopics({ topics, waitForLeaders: true });
  } finally {
    await admin.disconnect();
  }
}

async function withinTime(ready: Promise<unknown>): Promise<void> {
  const timeout = new AbortController();
  const late = delay(START_TIMEOUT_MS, 'late', { signal: timeout.signal });
  late.catch(() => undefined);
  try {
    if ((await Promise.race([ready, late])) !== 'late') return;
  } finally {
    timeout.abort();
  }
  throw new SluicegateError(
    'BROKER_UNREACHABLE',
    `The demo's consumers did not get going within ${START_TIMEOUT_MS / 1000} s: is the machine very busy? Try again.`,
  );
}
