import type { ClusterPlan, Fault, GroupPlan } from './plan.ts';
import type { Random } from './random.ts';
import { readableEnd, type SimulatedTopic, within } from './simulated-topic.ts';

/** One topic-partition that a group reads. */
export interface Position {
  readonly topic: SimulatedTopic;
  readonly partition: number;
  position: number;
  /** Null: never committed. */
  committed: number | null;
  /** Which member reads it; -1: nobody. */
  owner: number;
}

export interface SimulatedMember {
  present: boolean;
  /** Gone, but the coordinator does not know yet. */
  ghost: boolean;
  ghostUntil: number;
  id: string;
  host: string;
}

export interface SimulatedGroup {
  readonly plan: GroupPlan;
  readonly positions: Position[];
  readonly members: SimulatedMember[];
  rebalancingUntil: number;
  deleted: boolean;
  /** Commits of the last seconds, to be read a little late. */
  readonly recent: (readonly (number | null)[])[];
}

const SESSION_TIMEOUT_S = 45;

export const simulatedGroup = (plan: GroupPlan, topics: ReadonlyMap<string, SimulatedTopic>): SimulatedGroup => ({
  plan,
  positions: plan.topics.flatMap((name) => {
    const topic = topics.get(name);
    if (topic === undefined) throw new Error(`invariant: group ${plan.name} reads ${name}, which the plan lacks`);
    return Array.from({ length: topic.plan.partitions }, (_, partition) => ({
      topic,
      partition,
      position: -1,
      committed: null,
      owner: -1,
    }));
  }),
  members: plan.members.map(() => ({ present: false, ghost: false, ghostUntil: 0, id: '', host: '' })),
  rebalancingUntil: 0,
  deleted: false,
  recent: [],
});

/** One second in a group's life. `faults` are those that act on it now. */
export function live(
  group: SimulatedGroup,
  second: number,
  faults: readonly Fault[],
  cluster: ClusterPlan,
  random: Random,
): void {
  if (second < group.plan.since) return;
  applySets(group, second, faults);
  begin(group, second);
  group.deleted = faults.some(({ does }) => does.what === 'deleted');
  updateMembers(group, second, faults, random);
  if (second >= group.rebalancingUntil) consume(group, second, faults, cluster);
  commit(group, second, faults);
}

function begin(group: SimulatedGroup, second: number): void {
  for (const place of group.positions) {
    if (place.position >= 0 || second < (place.topic.plan.since[place.partition] ?? 0)) continue;
    const added = (place.topic.plan.since[place.partition] ?? 0) > group.plan.since;
    const from = added ? second : Math.max(0, second - group.plan.startBackS);
    place.position = place.topic.ends[place.partition]?.[Math.max(0, from - 1)] ?? 0;
    if (second === 0 && group.plan.startBackS > 0)
      place.position -= Math.round(group.plan.startBackS * meanPerS(place));
    if (second === 0) place.committed = place.position;
  }
}

/** The mean of the first hour, for what was written before the history begins. */
function meanPerS({ topic, partition }: Position): number {
  const written = topic.plan.written[partition]?.subarray(0, 3_600) ?? new Uint32Array();
  return written.reduce((sum, count) => sum + count, 0) / Math.max(1, written.length);
}

function applySets(group: SimulatedGroup, second: number, faults: readonly Fault[]): void {
  for (const { does, from } of faults) {
    if (from !== second) continue;
    for (const place of group.positions) {
      if (does.what === 'rewind') {
        const back = place.topic.ends[place.partition]?.[Math.max(0, second - does.backS)] ?? 0;
        place.position = Math.min(place.position, back);
        place.committed = place.position;
      }
      if (does.what === 'skip') {
        place.position = readableEnd(place.topic, place.partition, second - 1);
        place.committed = place.position;
      }
    }
  }
  for (const { at, messages } of group.plan.smallRewinds) {
    if (at !== second) continue;
    for (const place of group.positions) {
      place.position -= messages;
      if (place.committed !== null) place.committed -= messages;
    }
  }
}

function updateMembers(group: SimulatedGroup, second: number, faults: readonly Fault[], random: Random): void {
  const gone = faults.some(({ does }) => does.what === 'all-gone' || does.what === 'deleted');
  const storm = faults.some(({ does }) => does.what === 'storm');
  let changed = false;
  for (const [index, member] of group.members.entries()) {
    const plan = group.plan.members[index];
    const wanted = !gone && (plan?.present.some((span) => within(second, span)) ?? false);
    const replaced = storm && second % 37 === (index * 11) % 37;
    if (member.present && (!wanted || replaced)) {
      // A crash leaves a ghost until the session ends; a clean stop does not. Static members always look like a crash.
      const crashed = group.plan.staticMembers || (gone && index % 2 === 1);
      member.present = false;
      member.ghost = crashed && !replaced;
      member.ghostUntil = second + SESSION_TIMEOUT_S;
      if (!crashed) commitOwn(group, index);
      changed = true;
    }
    if (member.ghost && second >= member.ghostUntil) {
      member.ghost = false;
      changed = true;
    }
    if (!member.present && wanted && !(storm && random.chance(0.9))) {
      member.present = true;
      member.ghost = false;
      member.id = `${group.plan.name}-app-${index}-${hex(random)}`;
      if (member.host === '' || random.chance(0.7)) member.host = `/10.0.${random.whole(0, 3)}.${random.whole(2, 250)}`;
      changed = true;
    }
  }
  if (changed) assign(group, second, group.plan.type === 'classic' ? random.whole(3, 9) : 2);
  else if (second % 15 === 0 && faults.some(({ does }) => does.what === 'unowned')) assign(group, second, 0);
  if (second % 60 === 0 && group.positions.some((place) => place.owner < 0 && place.position >= 0))
    assign(group, second, 0);
  for (const { does } of faults) {
    if (does.what !== 'unowned') continue;
    for (const place of group.positions) {
      if (place.topic.plan.name === does.topic && place.partition === does.partition) place.owner = -1;
    }
  }
}

function assign(group: SimulatedGroup, second: number, pauseS: number): void {
  const there = group.members.flatMap((member, index) => (member.present || member.ghost ? [index] : []));
  let turn = 0;
  for (const place of group.positions) {
    place.owner = place.position < 0 ? -1 : (there[turn % Math.max(1, there.length)] ?? -1);
    if (place.position >= 0) turn += 1;
  }
  if (there.length > 0) group.rebalancingUntil = Math.max(group.rebalancingUntil, second + pauseS);
}

const hex = (random: Random): string => random.whole(0, 0xffffffff).toString(16).padStart(8, '0');

function commitOwn(group: SimulatedGroup, index: number): void {
  for (const place of group.positions) if (place.owner === index) place.committed = place.position;
}

function consume(group: SimulatedGroup, second: number, faults: readonly Fault[], cluster: ClusterPlan): void {
  if (group.plan.rebalances.some((span) => within(second, span))) return;
  const share = capacityShare(group, second, faults, cluster);
  const count = group.plan.manual ? 1 : group.members.length;
  for (let index = 0; index < count; index++) {
    const member = group.members[index];
    if (!group.plan.manual && (!member?.present || stands(group, index, second, faults))) continue;
    if (group.plan.manual && faults.some(({ does }) => does.what === 'all-gone')) continue;
    const own = group.positions.filter((place) => group.plan.manual || place.owner === index);
    drink(own, (group.plan.members[index]?.capacityPerS ?? 0) * share, second, faults, cluster);
  }
}

function stands(group: SimulatedGroup, index: number, second: number, faults: readonly Fault[]): boolean {
  return (
    group.plan.pauses.some((pause) => pause.member === index && within(second, pause)) ||
    faults.some(({ does }) => (does.what === 'hang' || does.what === 'ghost') && does.member === index)
  );
}

function capacityShare(
  { plan }: SimulatedGroup,
  second: number,
  faults: readonly Fault[],
  cluster: ClusterPlan,
): number {
  let share = 1;
  for (const { does, from, to } of faults) {
    if (does.what === 'slow') share *= does.leaks ? 1 - (1 - does.share) * ((second - from) / (to - from)) : does.share;
    if (does.what === 'storm') share *= 0.25;
  }
  for (const slow of cluster.slowSpans) if (within(second, slow)) share *= slow.share;
  return plan.name === '' ? 0 : share;
}

/** Shares a member's capacity fairly over its partitions that have work. */
function drink(
  own: readonly Position[],
  capacityPerS: number,
  second: number,
  faults: readonly Fault[],
  cluster: ClusterPlan,
): void {
  let left = capacityPerS + ((second % 3) - 1) * 0.1 * capacityPerS;
  const thirsty = own.filter((place) => place.position >= 0 && available(place, second, faults, cluster) > 0);
  for (let rest = thirsty.length; rest > 0; rest--) {
    const place = thirsty[rest - 1];
    if (place === undefined) continue;
    const dense = second - 1_800 > 0 && place.position < (place.topic.ends[place.partition]?.[second - 1_800] ?? 0);
    const step = dense ? 1 / place.topic.plan.compactedTo : 1;
    const taken = Math.min(
      available(place, second, faults, cluster),
      Math.max(0, Math.floor((left / rest + (second % 2)) * step)),
    );
    place.position += taken;
    left -= taken / step;
  }
}

function available(place: Position, second: number, faults: readonly Fault[], cluster: ClusterPlan): number {
  if (cluster.brokerOutages.some((outage) => outage.broker === place.partition % 3 && within(second, outage))) return 0;
  for (const { does } of faults) {
    if (does.what === 'poison' && does.topic === place.topic.plan.name && does.partition === place.partition) return 0;
  }
  const start = place.topic.startOffsets[place.partition] ?? 0;
  if (place.position < start) place.position = start;
  const left = readableEnd(place.topic, place.partition, second) - place.position;
  for (const { does } of faults) {
    if (does.what !== 'heavy' || does.topic !== place.topic.plan.name || does.partition !== place.partition) continue;
    return Math.min(left, Math.floor(does.perS * (second + 1)) - Math.floor(does.perS * second));
  }
  return left;
}

function commit(group: SimulatedGroup, second: number, faults: readonly Fault[]): void {
  const stopped = faults.some(({ does }) => does.what === 'commits-stop' || does.what === 'all-gone');
  if (!stopped) {
    for (const place of group.positions) {
      const there = group.plan.manual || group.members[place.owner]?.present === true;
      const phase = group.plan.commitEveryS > 90 ? Math.max(0, place.owner) * 37 : 0;
      if (there && place.position >= 0 && (second + phase) % group.plan.commitEveryS === 0)
        place.committed = place.position;
    }
  }
  group.recent.unshift(group.positions.map(({ committed }) => committed));
  if (group.recent.length > 5) group.recent.pop();
}
