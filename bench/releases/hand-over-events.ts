import type { SimulatedMember } from './group-simulation.ts';
import type { Draft } from './plan.ts';
import type { World } from './simulate-release.ts';

/** Who came, and when the new version is complete. */
export interface HandOver {
  readonly newMembers: readonly SimulatedMember[];
  readonly completeS: number;
}

/** Plans how the new version takes over; a fault may leave parts of it out. */
export function handOverEvents(draft: Draft): HandOver {
  const { scenario, startS, random, has } = draft;
  const longS = has('long-hand-over') ? random.whole(300, 480) : 0;
  const newMembers = Array.from({ length: draft.newCount }, (_, index) => draft.newMember(index, 0));
  prepare(draft, newMembers);
  const completeS = {
    canary: () => canary(draft, newMembers, startS + (longS || random.whole(15, 70))),
    'blue-green': () => blueGreen(draft, newMembers, startS + (longS || random.whole(90, 240))),
    rolling: () => rolling(draft, newMembers, longS || random.whole(30, 75) * newMembers.length),
    stop: () => stop(draft, newMembers, startS + (longS || random.whole(60, 150) + (has('deploy-pause') ? 40 : 0))),
  }[scenario.strategy]();
  afterwards(draft, newMembers, completeS);
  return { newMembers, completeS };
}

const joins = ({ scenario }: Draft): boolean => scenario.fault !== 'never-joins' && scenario.fault !== 'wrong-group';

function arrive(draft: Draft, member: SimulatedMember, s: number): void {
  draft.on(s, ({ group, strays }, nowS) => {
    if (joins(draft)) group.join(member, nowS);
    else if (draft.scenario.fault === 'wrong-group') strays.push(member);
  });
}

const depart = (draft: Draft, member: SimulatedMember, s: number): void =>
  draft.on(s, ({ group }, nowS) => group.leave(member, nowS));

function hang(draft: Draft, member: SimulatedMember, s: number): void {
  draft.on(s, () => {
    member.isHung = true;
  });
}

function canary(draft: Draft, [member]: readonly SimulatedMember[], joinS: number): number {
  const [first] = draft.oldMembers;
  if (first && (draft.oldMembers.length >= draft.partitions || draft.random.chance(0.5)))
    depart(draft, first, draft.startS + draft.random.whole(0, 20));
  if (member) arrive(draft, member, joinS);
  return joinS + 20;
}

function blueGreen(draft: Draft, members: readonly SimulatedMember[], blueLeavesS: number): number {
  for (const member of members) arrive(draft, member, draft.startS + draft.random.whole(15, 60));
  const staying = draft.scenario.fault === 'blue-remains' ? 1 : 0;
  for (const old of draft.oldMembers.slice(staying)) depart(draft, old, blueLeavesS + draft.random.whole(0, 10));
  return blueLeavesS + 25;
}

function rolling(draft: Draft, members: readonly SimulatedMember[], overS: number): number {
  const stepS = overS / members.length;
  const steps = draft.scenario.fault === 'never-joins' || draft.scenario.fault === 'wrong-group' ? 1 : members.length;
  members.slice(0, steps).forEach((member, index) => {
    const leaveS = draft.startS + 10 + index * stepS;
    const old = draft.oldMembers[index];
    if (old) depart(draft, old, leaveS);
    arrive(draft, member, leaveS + draft.random.between(5, Math.max(6, 0.6 * stepS)));
  });
  return draft.startS + overS + 20;
}

function stop(draft: Draft, members: readonly SimulatedMember[], newComesS: number): number {
  for (const old of draft.oldMembers) depart(draft, old, draft.startS + draft.random.whole(0, 20));
  for (const member of members) arrive(draft, member, newComesS + draft.random.whole(0, 15));
  return newComesS + 30;
}

/** What good new versions do at first. */
function prepare({ has, random, on, startS }: Draft, members: readonly SimulatedMember[]): void {
  const isSlow = has('warm-up') || has('cold-caches');
  if (!isSlow) return;
  const factor = has('cold-caches') ? random.between(0.4, 0.65) : 0.5;
  const forS = has('cold-caches') ? 240 : random.whole(60, 150);
  for (const member of members) member.capacityPerS *= factor;
  const warm = new Set<SimulatedMember>();
  for (let s = startS; s < startS + 1_200; s++) {
    on(s, ({ group }) => {
      for (const member of members) {
        if (warm.has(member) || !group.partitions.some(({ owner }) => owner === member)) continue;
        warm.add(member);
        on(s + forS, () => {
          member.capacityPerS /= factor;
        });
      }
    });
  }
}

/** What happens around a release without being its fault. */
function afterwards(draft: Draft, newMembers: readonly SimulatedMember[], completeS: number): void {
  const { has, on, random, startS, deadlineS, oldMembers } = draft;
  if (has('small-rewinds')) {
    for (let s = completeS + 30; s < startS + deadlineS; s += random.whole(100, 400)) {
      on(s, (world) => rewindALittle(world, newMembers, draft.rates[Math.floor(s)] ?? 0));
    }
  }
  if (has('control-fails')) {
    const last = oldMembers.at(-1);
    const s = startS + random.whole(120, 600);
    if (last && random.chance(0.5)) hang(draft, last, s);
    else if (last) depart(draft, last, s);
  }
  if (has('broker-event')) {
    const s = startS + random.whole(60, 700);
    const forS = random.whole(30, 180);
    const stopsLogs = random.chance(0.5);
    on(s, (world, nowS) => {
      for (const partition of world.group.partitions) partition.pausedUntilS = nowS + forS;
      if (stopsLogs) world.brokerDownUntilS = nowS + forS;
    });
  }
}

function rewindALittle({ group, random, weights }: World, newMembers: readonly SimulatedMember[], perS: number): void {
  group.partitions.forEach((partition, index) => {
    if (!partition.owner || !newMembers.includes(partition.owner) || !random.chance(0.5)) return;
    const messages = Math.ceil(perS * (weights[index] ?? 0) * random.between(5, 60));
    partition.committed = Math.max(partition.start, partition.committed - messages);
    partition.position = partition.committed;
  });
}
