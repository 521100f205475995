import type { GroupSnapshot, Member } from '../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../lambdas/core/cluster/snapshot.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/**
 * A cluster under traffic, minute by minute: so many group-partitions, ten to a group on average, each group on a topic
 * of its own. Rates, their noise, lags, commits in batches, idle topics, failed reads and deployments come about as
 * often as in recordings of real consumers; with the same seed always the same.
 */
export interface Traffic {
  /** The snapshot of the next minute. */
  next(): ClusterSnapshot;
}

/** How a group's consumers go about it. */
type Habit = 'steady' | 'batch' | 'rare' | 'idle';

interface SimulatedGroup {
  readonly name: string;
  readonly topic: string;
  readonly habit: Habit;
  /** Commits every so many minutes. */
  readonly commitEvery: number;
  readonly firstCell: number;
  readonly partitions: number;
  members: readonly Member[];
  rebalancing: boolean;
}

const MINUTE_MS = 60_000;
const PARTITIONS_PER_GROUP = 10;
/** Of groups and minutes. */
const READ_FAILURE_RATIO = 0.01;
const DEPLOYMENT_RATIO = 1 / 720;

export function trafficOf(groupPartitions: number, startMs: number, seed = 1): Traffic {
  const random = seededRandom(seed);
  const groups = groupsOf(groupPartitions, random);
  const offsets = {
    perMinute: Float64Array.from({ length: groupPartitions }, () => Math.exp(5.2 + 1.9 * random.normal())),
    start: Float64Array.from({ length: groupPartitions }, () => Math.floor(random.next() * 5e7)),
    end: new Float64Array(groupPartitions),
    committed: new Float64Array(groupPartitions),
  };
  for (const [cell, start] of offsets.start.entries()) {
    offsets.end[cell] = Math.floor(start + random.next() * 5e7);
    offsets.committed[cell] = offsets.end[cell] ?? 0;
  }
  let minute = 0;
  return {
    next() {
      const atMs = startMs + minute * MINUTE_MS + 200 + random.below(3_000);
      for (const group of groups) step(group, minute, offsets, random);
      minute += 1;
      const seen = groups.filter(() => random.next() >= READ_FAILURE_RATIO);
      return {
        cluster: 'prod',
        atMs,
        topics: new Map(groups.map((group) => [group.topic, logsOf(group, offsets)])),
        groups: new Map(seen.map((group) => [group.name, groupOf(group, offsets)])),
        failures: groups
          .filter((group) => !seen.includes(group))
          .map(({ name }) => ({
            part: 'group',
            group: name,
            code: 'NOT_COORDINATOR',
            message: 'asked b-2.kafka:9092',
          })),
      };
    },
  };
}

interface Offsets {
  readonly perMinute: Float64Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly committed: Float64Array;
}

function groupsOf(groupPartitions: number, random: SeededRandom): SimulatedGroup[] {
  const groups: SimulatedGroup[] = [];
  for (let firstCell = 0; firstCell < groupPartitions; ) {
    const partitions = Math.min(groupPartitions - firstCell, 2 + random.below(2 * PARTITIONS_PER_GROUP - 3));
    const name = `team-${random.below(40)}.service-${groups.length}`;
    const topic = `events.${name}`;
    const habit = habitOf(random.next());
    const commitEvery = habit === 'batch' ? 2 + random.below(12) : 1;
    const members = membersOf(topic, name, partitions, random);
    groups.push({ name, topic, habit, commitEvery, firstCell, partitions, members, rebalancing: false });
    firstCell += partitions;
  }
  return groups;
}

const habitOf = (share: number): Habit =>
  share < 0.7 ? 'steady' : share < 0.82 ? 'batch' : share < 0.9 ? 'rare' : 'idle';

/** One member for each two partitions. */
function membersOf(topic: string, name: string, partitions: number, random: SeededRandom): Member[] {
  const count = Math.ceil(partitions / 2);
  return Array.from({ length: count }, (_, nth) => ({
    memberId: `${name}-${nth}-${uuidLike(random)}`,
    clientId: `${name}-${nth}`,
    host: `/10.${random.below(4)}.${random.below(256)}.${random.below(256)}`,
    instanceId: null,
    assigned: new Map([[topic, [...Array(partitions).keys()].filter((partition) => partition % count === nth)]]),
  }));
}

const uuidLike = (random: SeededRandom): string =>
  [8, 4, 4, 4, 12].map((digits) => random.next().toString(16).slice(2).padEnd(digits, '7').slice(0, digits)).join('-');

function step(group: SimulatedGroup, minute: number, offsets: Offsets, random: SeededRandom): void {
  group.rebalancing = random.next() < DEPLOYMENT_RATIO;
  if (group.rebalancing) group.members = membersOf(group.topic, group.name, group.partitions, random);
  // The day's curve, and what a minute differs from the next.
  const tide = 1 + 0.5 * Math.sin((2 * Math.PI * (minute + group.firstCell)) / 1_440);
  const commits = (minute + group.firstCell) % group.commitEvery === 0;
  for (let cell = group.firstCell; cell < group.firstCell + group.partitions; cell += 1) {
    const produced = producedOf(group.habit, (offsets.perMinute[cell] ?? 0) * tide, random);
    const end = (offsets.end[cell] ?? 0) + produced;
    offsets.end[cell] = end;
    // What arrived in the second or so before the reading is not committed yet.
    if (commits) offsets.committed[cell] = end - Math.floor((produced / 60) * 2 * random.next());
  }
}

function producedOf(habit: Habit, perMinute: number, random: SeededRandom): number {
  if (habit === 'idle') return 0;
  if (habit === 'rare') return random.next() < 0.02 ? 1 : 0;
  const noise = 1 + 0.25 * random.normal();
  return Math.max(0, Math.round(perMinute * noise + Math.sqrt(perMinute) * random.normal()));
}

function logsOf({ firstCell, partitions }: SimulatedGroup, { start, end }: Offsets): PartitionLog[] {
  return Array.from({ length: partitions }, (_, partition) => ({
    logStartOffset: start[firstCell + partition] ?? 0,
    logEndOffset: end[firstCell + partition] ?? 0,
  }));
}

function groupOf(group: SimulatedGroup, { committed }: Offsets): GroupSnapshot {
  const { firstCell, partitions, topic, members, rebalancing } = group;
  return {
    type: 'classic',
    state: rebalancing ? 'PreparingRebalance' : 'Stable',
    members,
    committed: new Map([[topic, Array.from(committed.subarray(firstCell, firstCell + partitions))]]),
  };
}
