import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { live } from './live.ts';
import type { ClusterPlan, Fault } from './plan.ts';
import { randomOf } from './random.ts';
import { type ClusterNow, readCluster } from './read-cluster.ts';
import { simulatedGroup } from './simulated-group.ts';
import { ageOf, simulatedTopic, within, write } from './simulated-topic.ts';

/** 2026-01-01T00:00:00Z, as in other corpora. */
export const EPOCH_MS = 1_767_225_600_000;

/** One reading and what was really so at that time. */
export interface Moment {
  readonly second: number;
  readonly snapshot: ClusterSnapshot;
  /** By group, in the order of its positions: true age of the oldest unread message, in seconds. */
  readonly ages: ReadonlyMap<string, readonly number[]>;
  /** By group, the same order: messages deleted before they were read. */
  readonly lost: ReadonlyMap<string, readonly number[]>;
}

/** Lets a plan happen, and reads the cluster as its reading plan says. The same plan gives the same moments. */
export function* simulate(plan: ClusterPlan, faults: readonly Fault[] = plan.faults): Generator<Moment> {
  const { everyS, jitterS, missingShare, gaps } = plan.reading;
  const topics = new Map(plan.topics.map((topic) => [topic.name, simulatedTopic(topic, plan.seconds)]));
  const groups = plan.groups.map((group) => simulatedGroup(group, topics));
  const reading = randomOf(plan.seconds).stream(`reading ${plan.name}`);
  const randoms = groups.map((group) => randomOf(plan.seconds).stream(`${plan.name} ${group.plan.name}`));
  let readingAt = 1 + reading.between(0, jitterS);
  for (let second = 0; second < plan.seconds; second++) {
    advance({ plan, topics, groups, second }, faults, randoms);
    if (second < readingAt) continue;
    const at = readingAt;
    readingAt = (Math.round(second / everyS) + 1) * everyS + reading.between(0, jitterS);
    const lateS = reading.whole(0, 2);
    const missed = reading.chance(missingShare) || gaps.some((gap) => within(second, gap));
    if (!missed) yield momentOf({ plan, topics, groups, second }, at, lateS);
  }
}

function advance(now: ClusterNow, faults: readonly Fault[], randoms: readonly ReturnType<typeof randomOf>[]): void {
  const { plan, topics, groups, second } = now;
  const stands = (partition: number, at = second): boolean =>
    plan.brokerOutages.some((outage) => outage.broker === partition % 3 && within(at, outage));
  for (const topic of topics.values()) write(topic, second, stands);
  for (const [index, group] of groups.entries()) {
    const own = faults.filter((fault) => fault.group === group.plan.name && within(second, fault));
    const random = randoms[index];
    if (random !== undefined) live(group, { second, faults: own, cluster: plan }, random);
  }
}

function momentOf(now: ClusterNow, at: number, lateS: number): Moment {
  const { plan, groups, second } = now;
  const jumpMs = plan.reading.clockJumps.reduce((sum, { at: from, byMs }) => (second >= from ? sum + byMs : sum), 0);
  const living = groups.filter((group) => second >= group.plan.since);
  return {
    second,
    snapshot: readCluster(now, EPOCH_MS + Math.round(at * 1_000) + jumpMs, lateS),
    ages: new Map(
      living.map(({ plan: { name }, positions }) => [
        name,
        positions.map(({ topic, partition, committed, position }) =>
          ageOf(topic, partition, committed ?? position, second),
        ),
      ]),
    ),
    lost: new Map(
      living.map(({ plan: { name }, positions }) => [
        name,
        positions.map(({ topic, partition, committed }) =>
          committed === null ? 0 : Math.max(0, (topic.startOffsets[partition] ?? 0) - committed),
        ),
      ]),
    ),
  };
}
