import type { SimulatedMember, SimulatedPartition } from './group-simulation.ts';
import type { HandOver } from './hand-over-events.ts';
import type { Draft, Event } from './plan.ts';
import type { World } from './simulate-release.ts';

/** Plans what goes wrong, if something does. */
export function faultEvents(draft: Draft, handOver: HandOver): void {
  const { fault } = draft.scenario;
  if (fault) FAULTY[fault]?.(draft, handOver);
}

type Fault = (draft: Draft, handOver: HandOver) => void;

const FAULTY: Partial<Record<NonNullable<Draft['scenario']['fault']>, Fault>> = {
  'crash-loop': (draft, { newMembers }) => {
    for (const [index, member] of newMembers.entries()) crash(draft, member, index);
  },
  storm: (draft, { completeS }) => {
    for (let s = completeS; s < draft.seconds; s += draft.random.whole(35, 60)) {
      draft.on(s, ({ group, random }, nowS) => group.shake(nowS, random.between(25, 50)));
    }
  },
  unowned: (draft, handOver) => {
    later(draft, handOver, [0, 0], ({ group, random }, nowS) => {
      const lost = ownedByNew(group.partitions, handOver.newMembers)[0];
      if (!lost) return;
      lost.isForgotten = true;
      lost.committed = Math.max(lost.committed, Math.floor(lost.position));
      lost.owner = null;
      if (random.chance(0.5)) group.rebalance(nowS);
    });
  },
  poison: (draft, handOver) =>
    later(draft, handOver, [0, 180], (world) => {
      const [first] = ownedByNew(world.group.partitions, handOver.newMembers).toSorted((a, b) => b.end - a.end);
      if (first) first.isPoisoned = true;
    }),
  delayed: (draft, { newMembers }) => {
    const failure = draft.random.pick(['hangs', 'exits', 'slows'] as const);
    draft.on(draft.startS + draft.random.whole(690, 860), ({ group }, nowS) => {
      for (const member of newMembers) {
        if (failure === 'exits') group.leave(member, nowS, false);
        if (failure === 'hangs') member.isHung = true;
        if (failure === 'slows') member.capacityPerS *= 0.2;
      }
    });
  },
  rewind: (draft, handOver) =>
    later(draft, handOver, [0, 120], (world, nowS) => {
      const back = world.random.between(480, 3_600);
      ownedByNew(world.group.partitions, handOver.newMembers).forEach((partition) => {
        const weight = world.weights[world.group.partitions.indexOf(partition)] ?? 0;
        const sum = draft.rates.subarray(Math.max(0, Math.floor(nowS - back)), nowS).reduce((a, b) => a + b, 0);
        partition.committed = Math.max(partition.start, partition.committed - Math.ceil(sum * weight));
        partition.position = partition.committed;
      });
    }),
  skip: (draft, handOver) => {
    const pauseS = draft.random.whole(60, 360);
    later(draft, handOver, [0, 60], (world, nowS) => {
      const mine = ownedByNew(world.group.partitions, handOver.newMembers);
      for (const partition of mine) partition.pausedUntilS = nowS + pauseS;
      draft.on(nowS + pauseS, () => {
        for (const partition of mine) seekTo(partition, partition.end);
      });
    });
  },
  'beyond-end': (draft, handOver) => {
    const ahead = draft.random.whole(2_000, 50_000) + Math.ceil(draft.meanPerS * 300);
    later(draft, handOver, [0, 90], (world, nowS) => {
      for (let s = nowS; s < draft.seconds; s += 5) {
        draft.on(s, () => {
          for (const partition of ownedByNew(world.group.partitions, handOver.newMembers)) {
            seekTo(partition, Math.max(partition.committed, partition.end + ahead));
          }
        });
      }
    });
  },
  'dead-letters': (draft, { completeS }) => {
    const share = draft.random.between(0.08, 1);
    draft.on(completeS - 10, (world) => {
      world.deadLetterShare = share;
    });
  },
  slow50: (_, { newMembers }) => slowDown(newMembers, 0.5),
  slow20: (_, { newMembers }) => slowDown(newMembers, 0.8),
  'no-recovery': (draft, { newMembers }) => slowDown(newMembers, draft.random.between(0.15, 0.5)),
  'slow-topic': (draft, { completeS }) => {
    const cost = draft.random.between(4, 10);
    draft.on(completeS, ({ group }) => {
      for (const partition of group.partitions) if (partition.topic === 'refunds') partition.newCost = cost;
    });
  },
};

function seekTo(partition: SimulatedPartition, offset: number): void {
  partition.position = offset;
  partition.committed = offset;
}

const ownedByNew = (
  partitions: readonly SimulatedPartition[],
  members: readonly SimulatedMember[],
): SimulatedPartition[] => partitions.filter(({ owner }) => owner !== null && members.includes(owner));

function slowDown(members: readonly SimulatedMember[], factor: number): void {
  for (const member of members) member.capacityPerS *= factor;
}

/** Some time after the hand-over, as soon as the new version owns something. */
function later(draft: Draft, { newMembers, completeS }: HandOver, [low, high]: [number, number], event: Event): void {
  const attempt: Event = (world, nowS) => {
    if (ownedByNew(world.group.partitions, newMembers).length > 0) event(world, nowS);
    else draft.on(nowS + 1, attempt);
  };
  draft.on(completeS + draft.random.whole(low, high), attempt);
}

/** It dies, is noticed after its session ends, and comes back under another member id. */
function crash(draft: Draft, member: SimulatedMember, index: number): void {
  let current = member;
  let hasCome = false;
  const isThere = ({ group }: World): boolean => group.members.includes(current);
  for (let s = draft.startS + 30, generation = 1; s < draft.seconds; generation++) {
    s += draft.random.whole(25, 70);
    draft.on(s, (world) => {
      hasCome ||= isThere(world);
      if (isThere(world)) current.isHung = true;
    });
    s += 10;
    draft.on(s, ({ group }, nowS) => group.leave(current, nowS, false));
    s += draft.random.whole(5, 40);
    const born = generation;
    draft.on(s, ({ group }, nowS) => {
      if (!hasCome || group.members.includes(current)) return;
      current = { ...draft.newMember(index, born), isHung: false };
      group.join(current, nowS);
    });
  }
}
