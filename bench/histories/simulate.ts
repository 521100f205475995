import type { Member } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import type { ClusterPlan, Fault } from './plan.ts';
import { randomOf } from './random.ts';
import { live, type SimulatedGroup, simulatedGroup } from './simulated-group.ts';
import { ageOf, type SimulatedTopic, simulatedTopic, within, write } from './simulated-topic.ts';

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
  const topics = new Map(plan.topics.map((topic) => [topic.name, simulatedTopic(topic, plan.seconds)]));
  const groups = plan.groups.map((group) => simulatedGroup(group, topics));
  const reading = randomOf(plan.seconds + plan.name.length).stream(`reading ${plan.name}`);
  const lives = new Map(groups.map((group) => [group, randomOf(7).stream(`${plan.name} ${group.plan.name}`)]));
  let nextReading = 1 + reading.between(0, plan.reading.jitterS);
  for (let second = 0; second < plan.seconds; second++) {
    const active = faults.filter((fault) => within(second, fault));
    const stands = (partition: number, at = second): boolean =>
      plan.brokerOutages.some((outage) => outage.broker === partition % 3 && within(at, outage));
    for (const topic of topics.values()) write(topic, second, stands);
    for (const group of groups) {
      const own = active.filter((fault) => fault.group === group.plan.name);
      const random = lives.get(group);
      if (random) live(group, second, own, plan, random);
    }
    if (second < nextReading) continue;
    const slot = Math.round(second / plan.reading.everyS) + 1;
    const at = nextReading;
    nextReading = slot * plan.reading.everyS + reading.between(0, plan.reading.jitterS);
    const missed = reading.chance(plan.reading.missingShare) || plan.reading.gaps.some((gap) => within(second, gap));
    const lateS = reading.whole(0, 2);
    if (!missed) yield momentOf(plan, { topics, groups, second, at, lateS });
  }
}

interface Instant {
  readonly topics: ReadonlyMap<string, SimulatedTopic>;
  readonly groups: readonly SimulatedGroup[];
  readonly second: number;
  readonly at: number;
  readonly lateS: number;
}

function momentOf(plan: ClusterPlan, { topics, groups, second, at, lateS }: Instant): Moment {
  const jump = plan.reading.clockJumps.reduce((sum, { at: from, byMs }) => (second >= from ? sum + byMs : sum), 0);
  const ages = new Map<string, number[]>();
  const lost = new Map<string, number[]>();
  const snapshot: ClusterSnapshot = {
    cluster: plan.name,
    atMs: EPOCH_MS + Math.round(at * 1_000) + jump,
    topics: new Map(
      [...topics].map(([name, topic]) => [name, logsOf(plan, topic, second, plan.reading.endsFirst ? lateS : 0)]),
    ),
    groups: new Map(),
    failures: [],
  };
  for (const group of groups) {
    if (second < group.plan.since) continue;
    ages.set(
      group.plan.name,
      group.positions.map((place) => ageOf(place.topic, place.partition, place.committed ?? place.position, second)),
    );
    lost.set(
      group.plan.name,
      group.positions.map(({ topic, partition, committed }) =>
        Math.max(0, (topic.startOffsets[partition] ?? 0) - (committed ?? Number.POSITIVE_INFINITY)),
      ),
    );
    if (coordinatorDown(plan, group, second)) continue;
    (snapshot.groups as Map<string, unknown>).set(
      group.plan.name,
      groupOf(group, second, plan.reading.endsFirst ? 0 : lateS),
    );
  }
  return { second, snapshot, ages, lost };
}

const coordinatorDown = (plan: ClusterPlan, { plan: { name } }: SimulatedGroup, second: number): boolean =>
  plan.brokerOutages.some((outage) => !outage.readable && name.length % 3 === outage.broker && within(second, outage));

function logsOf(plan: ClusterPlan, topic: SimulatedTopic, second: number, earlyS: number): (PartitionLog | null)[] {
  const logs: (PartitionLog | null)[] = [];
  for (const [partition, ends] of topic.ends.entries()) {
    if (second < (topic.plan.since[partition] ?? 0)) continue;
    const down = plan.brokerOutages.some(
      (outage) => !outage.readable && outage.broker === partition % 3 && within(second, outage),
    );
    const end = ends[Math.max(0, second - earlyS)] ?? 0;
    logs.push(down ? null : { logStartOffset: topic.startOffsets[partition] ?? 0, logEndOffset: end });
  }
  return logs;
}

function groupOf(group: SimulatedGroup, second: number, lateS: number): unknown {
  const rebalancing = second < group.rebalancingUntil || group.plan.rebalances.some((span) => within(second, span));
  const members = group.plan.manual ? [] : membersOf(group, rebalancing);
  const empty = members.length === 0;
  const committed = new Map<string, (number | null)[]>();
  const commits = group.recent[Math.min(lateS, group.recent.length - 1)] ?? [];
  for (const [index, { topic, partition }] of group.positions.entries()) {
    if (second < (topic.plan.since[partition] ?? 0)) continue;
    const offsets = committed.get(topic.plan.name) ?? [];
    offsets[partition] = commits[index] ?? null;
    committed.set(topic.plan.name, offsets);
  }
  const busy = group.plan.type === 'classic' ? 'PreparingRebalance' : 'Reconciling';
  return {
    type: group.plan.type,
    state: group.deleted ? 'Dead' : empty ? 'Empty' : rebalancing ? busy : 'Stable',
    members: group.deleted ? [] : members,
    committed: group.deleted ? new Map() : committed,
  };
}

function membersOf(group: SimulatedGroup, rebalancing: boolean): Member[] {
  return group.members.flatMap((member, index) => {
    if (!member.present && !member.ghost) return [];
    const assigned = new Map<string, number[]>();
    for (const { topic, partition, owner } of group.positions) {
      if (owner !== index || (rebalancing && group.plan.type === 'classic' && index % 2 === 0)) continue;
      const own = assigned.get(topic.plan.name) ?? [];
      own.push(partition);
      assigned.set(topic.plan.name, own);
    }
    return [
      {
        memberId: member.id,
        clientId: `${group.plan.name}-app-${index}`,
        host: member.host,
        instanceId: group.plan.staticMembers ? `${group.plan.name}-${index}` : null,
        assigned,
      },
    ];
  });
}
