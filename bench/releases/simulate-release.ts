import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import type { Release } from '../../lambdas/core/release/release.ts';
import { type Random, randomOf } from '../histories/random.ts';
import { GroupSimulation, type SimulatedMember, type SimulatedPartition, seenMember } from './group-simulation.ts';
import { type Plan, planOf } from './plan.ts';
import { poisson } from './poisson.ts';
import type { Scenario } from './scenario.ts';

export interface SimulatedRelease {
  readonly release: Release;
  /** Before and after the start. */
  readonly snapshots: readonly ClusterSnapshot[];
  /** Messages a second of each partition, on average. */
  readonly producedPerS: readonly number[];
  /** By snapshot the second it was taken at and what each partition had committed. */
  readonly progress: readonly { readonly atS: number; readonly committed: readonly number[] }[];
}

/** Share of minutes without a snapshot. */
const MISSING = 0.015;
const START_MS = 1_767_225_600_000;

/** Runs a scenario second by second and takes a snapshot each minute. */
export function simulateRelease(scenario: Scenario): SimulatedRelease {
  const plan = planOf(scenario);
  const random = randomOf(scenario.seed ^ 0x5bd1e995);
  const world = worldOf(plan, random);
  const snapshots: ClusterSnapshot[] = [];
  const progress: { atS: number; committed: number[] }[] = [];
  let minute = 0;
  let nextSnapshotS = random.between(0, 4);
  for (let s = 0; s < plan.seconds; s++) {
    produce(world, plan, s);
    for (const event of plan.eventsAt(s)) event(world, s);
    world.group.step(s);
    bury(world, plan, s);
    if (s % 60 === 0)
      progress.push({ atS: s - plan.startS, committed: world.group.partitions.map(({ committed }) => committed) });
    if (s < nextSnapshotS) continue;
    minute++;
    nextSnapshotS = 60 * minute + random.between(0, 4);
    if (!random.chance(MISSING)) snapshots.push(snapshotOf(world, plan, s));
  }
  const release: Release = {
    id: `s${scenario.seed}`,
    group: 'billing',
    strategy: scenario.strategy,
    startedAtMs: START_MS + plan.startS * 1_000,
    canary: { client: '^billing-v2', instance: null, host: null },
    deadlineMs: plan.deadlineS * 1_000,
  };
  return { release, snapshots, producedPerS: world.weights.map((weight) => weight * plan.meanPerS), progress };
}

/** Everything that exists in a simulation. */
export interface World {
  readonly group: GroupSimulation;
  readonly random: Random;
  /** Apart from all other randomness, so that a fault does not change what is produced. */
  readonly traffic: Random;
  deadLetters: number;
  readonly strays: SimulatedMember[];
  /** Share of each partition in the traffic. */
  readonly weights: readonly number[];
  deadLetterShare: number;
  /** Partitions whose broker does not answer until then. */
  brokerDownUntilS: number;
}

function worldOf(plan: Plan, random: Random): World {
  const weights = weightsOf(plan, random);
  const partitions = weights.map((_, index): SimulatedPartition => {
    const end = random.whole(1_000, 1_000_000);
    return {
      topic: plan.topicOf(index),
      partition: plan.topicOf(index) === 'orders' ? index : index - plan.ordersPartitions,
      end,
      start: Math.floor(end / 2),
      position: end,
      committed: end,
      owner: null,
      newCost: 1,
      pausedUntilS: 0,
      isPoisoned: false,
      isForgotten: false,
    };
  });
  const group = new GroupSimulation(partitions, plan.protocol, random);
  for (const member of plan.oldMembers) group.join(member, 0);
  group.settledAtS = 0;
  return {
    group,
    random,
    traffic: random.stream('traffic'),
    deadLetters: random.whole(0, 2_000),
    strays: [],
    weights,
    deadLetterShare: 0,
    brokerDownUntilS: 0,
  };
}

function weightsOf({ partitions, skew }: Plan, random: Random): number[] {
  const raw = Array.from({ length: partitions }, () => Math.exp(skew * random.normal()));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => weight / sum);
}

function produce({ group, traffic, weights, brokerDownUntilS }: World, plan: Plan, s: number): void {
  const perS = plan.rates[s] ?? 0;
  group.partitions.forEach((partition, index) => {
    if (s < brokerDownUntilS && index % 3 === 0) return;
    partition.end += poisson(traffic, perS * (weights[index] ?? 0));
  });
}

function bury(world: World, plan: Plan, s: number): void {
  const { group, random } = world;
  world.deadLetters += poisson(random, group.handledByNew * world.deadLetterShare);
  world.deadLetters += poisson(random, (plan.rates[s] ?? 0) * plan.deadLetterNoise.share);
  if (random.chance(plan.deadLetterNoise.clumpsPerS)) world.deadLetters += random.whole(1, plan.deadLetterNoise.clump);
}

function snapshotOf(world: World, plan: Plan, s: number): ClusterSnapshot {
  const { group, random } = world;
  const topics = new Map<string, (PartitionLog | null)[]>();
  const committed = new Map<string, (number | null)[]>();
  for (const partition of group.partitions) {
    const logs = topics.get(partition.topic) ?? [];
    const isUnread = random.chance(0.001);
    logs[partition.partition] = isUnread ? null : { logStartOffset: partition.start, logEndOffset: partition.end };
    topics.set(partition.topic, logs);
    const offsets = committed.get(partition.topic) ?? [];
    // Where a group reads the ends before the commits, some commits seem to be ahead.
    const race = plan.hasRace && partition.committed >= partition.end - 1 ? random.whole(0, 3) : 0;
    offsets[partition.partition] = Math.floor(partition.committed) + race;
    committed.set(partition.topic, offsets);
  }
  topics.set('orders.DLQ', [{ logStartOffset: 0, logEndOffset: world.deadLetters }]);
  const groups = new Map<string, GroupSnapshot>([
    [
      'billing',
      {
        type: plan.protocol === 'consumer' ? 'consumer' : 'classic',
        state: group.state,
        members: group.members.map((member) => seenMember(member, group.partitions)),
        committed,
      },
    ],
  ]);
  if (world.strays.length > 0) groups.set('billing-v2', strayGroup(world));
  return { cluster: 'prod', atMs: START_MS + s * 1_000 + random.whole(0, 999), topics, groups, failures: [] };
}

function strayGroup({ strays, group }: World): GroupSnapshot {
  const all = group.partitions.filter(({ topic }) => topic === 'orders').map(({ partition }) => partition);
  const members = strays.map((member, index) => ({
    ...seenMember(member, []),
    assigned: new Map([['orders', all.filter((partition) => partition % strays.length === index)]]),
  }));
  const committed = new Map([
    ['orders', group.partitions.filter(({ topic }) => topic === 'orders').map(({ end }) => end)],
  ]);
  return { type: 'classic', state: 'Stable', members, committed };
}
