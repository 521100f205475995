import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import { type DemoFault, startDemo } from '../../local/demo/demo.ts';
import { DEMO_GROUP_NAMES, DEMO_GROUPS, type DemoGroup } from '../../local/demo/groups.ts';
import { startKafkaCluster } from '../../local/kafka-cluster.ts';
import { type Position, positionOf } from '../setup/offsets.ts';

const SAMPLE_MS = 5_000;
const SAMPLES_IN_WINDOW = 10;
const RUN_MS = 180_000;
/** What comes in two seconds: one until it is read, one until that is committed. And some for a busy machine. */
const USUAL_LAG_MAX = 30;

interface Sample {
  readonly atMs: number;
  readonly positions: ReadonlyMap<DemoGroup, Position>;
}

test(
  'three minutes of the demo, seen from outside every 5 s',
  async () => {
    const { samples, faults } = await watchDemo();
    const timeOf = (group: DemoGroup, fault: string) =>
      faults.find((told) => told.group === group && told.fault === fault)?.atMs ?? Number.NaN;
    const of = (group: DemoGroup, fromMs = 0, toMs = Number.POSITIVE_INFINITY) =>
      samples
        .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
        .map(({ positions }) => positions.get(group) ?? { committed: [], lag: [] });

    for (const group of ['orders-healthy', 'orders-workers', 'orders-burst'] as const) {
      const seen = of(group);
      for (let first = 0; first + SAMPLES_IN_WINDOW <= seen.length; first += 1) {
        const window = seen.slice(first, first + SAMPLES_IN_WINDOW);
        expect(window.some(isDone), `${group} is done once in the window from sample ${first}`).toBe(true);
      }
    }
    const burstMs = timeOf('orders-burst', 'burst');
    expect(Math.max(...(of('orders-burst', burstMs)[0]?.lag ?? []))).toBeGreaterThan(300);
    for (const { lag } of of('orders-burst', burstMs + 30_000)) expect(Math.max(...lag)).toBeLessThan(USUAL_LAG_MAX);

    const [killedMs, returnedMs] = [timeOf('orders-stopped', 'killed'), timeOf('orders-stopped', 'returned')];
    expectStuck(of('orders-stopped', killedMs + 2_000, returnedMs));
    expect(of('orders-stopped', returnedMs, returnedMs + 30_000).some(isDone)).toBe(true);

    const [poisonedMs, healedMs] = [timeOf('orders-stalled', 'poisoned'), timeOf('orders-stalled', 'healed')];
    expectStuck(of('orders-stalled', poisonedMs + 2_000, healedMs));
    expect(healedMs - poisonedMs).toBeGreaterThanOrEqual(90_000);
    expect(of('orders-stalled', healedMs, healedMs + 30_000).some(isDone)).toBe(true);

    const slow = of('orders-slow', timeOf('orders-slow', 'slowed')).map(({ lag }) => Math.min(...lag));
    for (const [index, lag] of slow.slice(7).entries()) expect(lag).toBeGreaterThan(slow[index] ?? 0);
  },
  RUN_MS + 60_000,
);

const isDone = ({ lag }: Position): boolean => lag.every((messages) => messages === 0);

/** Nothing is committed, and more and more waits. */
function expectStuck(positions: readonly Position[]): void {
  expect(new Set(positions.map(({ committed }) => committed.join())).size).toBe(1);
  for (const { lag } of positions) expect(Math.min(...lag)).toBeGreaterThan(0);
  expect(Math.min(...(positions.at(-1)?.lag ?? []))).toBeGreaterThan(100);
}

async function watchDemo(): Promise<{ readonly samples: readonly Sample[]; readonly faults: readonly DemoFault[] }> {
  const cluster = await startKafkaCluster();
  onTestFinished(() => cluster.stop());
  const faults: DemoFault[] = [];
  const troubles: string[] = [];
  const demo = await startDemo({
    brokers: cluster.brokers,
    clock: { nowMs: () => Date.now() },
    onFault: (fault) => faults.push(fault),
    onTrouble: (sentence) => troubles.push(sentence),
  });
  onTestFinished(() => demo.stop());
  const admin = new Kafka({ brokers: [...cluster.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  const samples: Sample[] = [];
  for (const endMs = performance.now() + RUN_MS; performance.now() < endMs; ) {
    const positions = new Map<DemoGroup, Position>();
    const atMs = Date.now();
    for (const group of DEMO_GROUP_NAMES)
      positions.set(group, await positionOf(admin, group, DEMO_GROUPS[group].topic));
    samples.push({ atMs, positions });
    await delay(SAMPLE_MS - (Date.now() - atMs));
  }
  expect(troubles).toEqual([]);
  return { samples, faults };
}
