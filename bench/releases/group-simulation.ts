import type { GroupState, Member } from '../../lambdas/core/cluster/group.ts';
import type { Random } from '../histories/random.ts';

/** How a group takes a change of members. */
export type Protocol = 'eager' | 'cooperative' | 'consumer';

export interface SimulatedMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  readonly isNew: boolean;
  /** Messages a second, of cost 1. */
  capacityPerS: number;
  commitEveryS: number;
  readonly commitPhaseS: number;
  /** Hung: a member, but it does nothing. */
  isHung: boolean;
}

export interface SimulatedPartition {
  readonly topic: string;
  readonly partition: number;
  end: number;
  start: number;
  position: number;
  committed: number;
  owner: SimulatedMember | null;
  /** Work an owner of the new version has with one message of it. */
  newCost: number;
  pausedUntilS: number;
  isPoisoned: boolean;
  /** Never assigned to anybody again. */
  isForgotten: boolean;
}

/** A consumer group at one-second steps: who owns what, how far it has read, what it has committed. */
export class GroupSimulation {
  state: GroupState = 'Stable';
  settledAtS = 0;
  readonly members: SimulatedMember[] = [];
  readonly partitions: readonly SimulatedPartition[];
  readonly protocol: Protocol;
  readonly random: Random;
  /** Messages that members of the new version handled in the last second. */
  handledByNew = 0;
  private pending: (() => void) | null = null;

  constructor(partitions: readonly SimulatedPartition[], protocol: Protocol, random: Random) {
    this.partitions = partitions;
    this.protocol = protocol;
    this.random = random;
  }

  join(member: SimulatedMember, nowS: number): void {
    this.members.push(member);
    this.rebalance(nowS);
  }

  /** @param isClean commits what it has done; a crash does not */
  leave(member: SimulatedMember, nowS: number, isClean = true): void {
    const index = this.members.indexOf(member);
    if (index < 0) return;
    this.members.splice(index, 1);
    for (const partition of this.partitions) {
      if (partition.owner !== member) continue;
      if (isClean) partition.committed = Math.max(partition.committed, partition.position);
      partition.position = partition.committed;
      partition.owner = null;
    }
    this.rebalance(nowS);
  }

  rebalance(nowS: number): void {
    if (this.members.length === 0) {
      this.state = 'Empty';
      this.pending = null;
      for (const partition of this.partitions) partition.owner = null;
      return;
    }
    const target = this.assignment();
    if (this.protocol === 'eager') {
      this.state = 'PreparingRebalance';
      this.settledAtS = nowS + this.random.between(4, 20);
      for (const partition of this.partitions) this.revoke(partition);
      this.pending = () => this.assign(target);
      return;
    }
    this.state = this.protocol === 'consumer' ? 'Reconciling' : 'Stable';
    this.settledAtS = nowS + this.random.between(2, 12);
    for (const [partition, owner] of target) if (partition.owner !== owner) this.revoke(partition);
    this.pending = () => this.assign(target);
  }

  /** Rebalances that never end. */
  shake(nowS: number, forS: number): void {
    this.state = this.protocol === 'consumer' ? 'Reconciling' : 'PreparingRebalance';
    this.settledAtS = nowS + forS;
    const target = this.assignment();
    for (const partition of this.partitions) this.revoke(partition);
    this.pending = () => this.assign(target);
  }

  step(nowS: number): void {
    if (this.pending && nowS >= this.settledAtS) {
      this.pending();
      this.pending = null;
      this.state = this.members.length === 0 ? 'Empty' : 'Stable';
    }
    this.handledByNew = 0;
    for (const member of this.members) this.work(member, nowS);
  }

  private work(member: SimulatedMember, nowS: number): void {
    const owned = this.partitions.filter((partition) => partition.owner === member);
    const open = owned.filter((partition) => !partition.isPoisoned && nowS >= partition.pausedUntilS);
    if (!member.isHung) this.share(member, open);
    if (Math.floor(nowS + member.commitPhaseS) % member.commitEveryS === 0) {
      for (const partition of open)
        if (!member.isHung) partition.committed = Math.max(partition.committed, partition.position);
    }
  }

  /** One member's second of work, dealt fairly among the partitions that have something to read. */
  private share(member: SimulatedMember, open: readonly SimulatedPartition[]): void {
    let budget = member.capacityPerS * this.random.between(0.85, 1.15);
    let waiting = open.filter(({ position, end }) => end > position);
    while (budget > 1e-6 && waiting.length > 0) {
      const portion = budget / waiting.length;
      for (const partition of waiting) {
        const cost = member.isNew ? partition.newCost : 1;
        const messages = Math.min(partition.end - partition.position, portion / cost);
        partition.position += messages;
        budget -= messages * cost;
        if (member.isNew) this.handledByNew += messages;
      }
      waiting = waiting.filter(({ position, end }) => end - position > 1e-9);
    }
  }

  private revoke(partition: SimulatedPartition): void {
    if (partition.owner && !partition.owner.isHung)
      partition.committed = Math.max(partition.committed, partition.position);
    partition.position = partition.committed;
    partition.owner = null;
  }

  private assign(target: ReadonlyMap<SimulatedPartition, SimulatedMember>): void {
    for (const partition of this.partitions) {
      const owner = target.get(partition) ?? null;
      if (partition.owner === owner) continue;
      partition.position = partition.committed;
      partition.owner = partition.isForgotten || !owner || !this.members.includes(owner) ? null : owner;
    }
  }

  /** Even shares; owners keep what they have where that is fair, except under an eager protocol. */
  private assignment(): Map<SimulatedPartition, SimulatedMember> {
    const target = new Map<SimulatedPartition, SimulatedMember>();
    const most = Math.ceil(this.partitions.length / this.members.length);
    const loads = new Map(this.members.map((member) => [member, 0]));
    const take = (partition: SimulatedPartition, member: SimulatedMember): void => {
      target.set(partition, member);
      loads.set(member, (loads.get(member) ?? 0) + 1);
    };
    const floor = Math.floor(this.partitions.length / this.members.length);
    for (const partition of this.protocol === 'eager' ? [] : this.partitions) {
      const { owner } = partition;
      if (owner && loads.has(owner) && (loads.get(owner) ?? 0) < Math.max(1, floor)) take(partition, owner);
    }
    for (const partition of this.partitions) {
      if (target.has(partition)) continue;
      const [least] = this.members.toSorted((a, b) => (loads.get(a) ?? 0) - (loads.get(b) ?? 0));
      if (least && (loads.get(least) ?? 0) < most) take(partition, least);
    }
    return target;
  }
}

/** The member as a snapshot shows it. */
export function seenMember(member: SimulatedMember, partitions: readonly SimulatedPartition[]): Member {
  const assigned = new Map<string, number[]>();
  for (const { topic, partition, owner } of partitions) {
    if (owner === member) assigned.set(topic, [...(assigned.get(topic) ?? []), partition]);
  }
  return { memberId: member.memberId, clientId: member.clientId, host: member.host, instanceId: null, assigned };
}
