import { setTimeout as delay } from 'node:timers/promises';
import { kafkaClusterReader } from '../../lambdas/adapters/kafka/kafka-cluster-reader.ts';
import { parseConfig } from '../../lambdas/config/config.ts';
import type { Notice } from '../../lambdas/core/incident/notice.ts';
import demoConfig from '../../local/demo.config.json' with { type: 'json' };
import { startDynamodbLocal } from '../../local/dynamodb-local.ts';
import { invokeSlot } from '../../local/invoke.ts';
import { startKafkaCluster } from '../../local/kafka-cluster.ts';
import { startScheduler } from '../../local/scheduler.ts';
import { openService } from '../../local/service.ts';
import { playBrokerFaults } from './broker-faults.ts';
import type { Deedspan } from './deeds.ts';
import { type HeapSample, watchHeap } from './heap.ts';
import { soakPlan } from './plan.ts';
import { type SoakScore, scoreSoak } from './score.ts';
import { timeOfDay } from './time-of-day.ts';
import { startWorkload } from './workload.ts';

/** A lost broker is fenced sooner than by default, as all goes twelve times faster. */
const FENCED_SOON = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };
/** For one minute in five nobody takes notices: they have to wait, and none may be lost. */
const DEAF = { everyMs: 300_000, fromMs: 120_000, untilMs: 180_000 };

/** What a soak came to. */
export interface SoakRun {
  readonly score: SoakScore;
  readonly heap: readonly HeapSample[];
  readonly slots: number;
  readonly failedSlots: number;
}

/** Runs the service, its workload and the faults, and compares what was done with what was told. */
export async function soak(forMs: number, seed: number): Promise<SoakRun> {
  await using stack = new AsyncDisposableStack();
  const progress = (text: string) => console.error(text);
  const cluster = await startKafkaCluster({ brokers: 3, properties: FENCED_SOON, progress });
  stack.defer(() => cluster.stop());
  const deeds: Deedspan[] = [];
  const told: Notice[] = [];
  const config = parseConfig(
    { ...demoConfig, clusters: [{ name: 'soak', brokers: cluster.brokers, ...demoConfig.clusters[0] }] },
    'local/demo.config.json',
  );
  const clock = { nowMs: () => Date.now() };
  const startedAtMs = clock.nowMs();
  const service = await openService({
    config,
    clock,
    startStore: () => startDynamodbLocal(progress),
    reader: kafkaClusterReader({
      cluster: 'soak',
      connection: { brokers: cluster.brokers, tls: null, authentication: { mechanism: 'none' } },
      filter: { groups: { allow: [], deny: [] }, topics: { allow: [], deny: [] } },
      extra: { lastStableOffset: false, newestRecord: false },
    }),
    tellNotice: (notice) => {
      const inRoundMs = (clock.nowMs() - startedAtMs) % DEAF.everyMs;
      if (inRoundMs >= DEAF.fromMs && inRoundMs < DEAF.untilMs) throw new Error('nobody takes notices now');
      told.push(notice);
      progress(`${timeOfDay(notice.atMs)}  ${notice.transition} ${notice.group ?? 'the cluster'} ${notice.kind}`);
    },
  });
  stack.defer(() => service.stop());
  const watched = watchHeap();
  stack.defer(() => watched.stop());
  let [slots, failedSlots] = [0, 0];
  const scheduler = startScheduler({
    intervalMs: 5_000,
    clock,
    run: async (slotMs) => {
      const { snapshot } = await invokeSlot(service, { cluster: 'soak', slotMs, timeoutMs: 59_000 });
      slots += 1;
      if (snapshot.kind === 'failed') failedSlots += 1;
    },
  });
  stack.defer(() => scheduler.stop());
  const workload = startWorkload({ forMs, seed, brokers: cluster.brokers, deeds });
  stack.defer(() => workload.stop());
  await workload.ready;
  const stopFaults = playBrokerFaults(cluster, soakPlan(forMs / 1_000, seed).brokers, deeds);
  stack.defer(async () => stopFaults());
  await delay(forMs);
  return { score: scoreSoak(deeds, told), heap: watched.samples, slots, failedSlots };
}
