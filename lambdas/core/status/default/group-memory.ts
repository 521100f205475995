import type { GroupState, GroupType } from '../../cluster/group.ts';
import { type DelayHistogram, emptyHistogram } from '../../statistics/delay-histogram.ts';
import { type PartitionMemory, timeLagMsOf } from './partition-memory.ts';

/** What a run remembers of one group. */
export interface GroupMemory {
  readonly name: string;
  partitions: PartitionMemory[];
  /** The same, by topic and indexed by partition. */
  readonly byTopic: Map<string, (PartitionMemory | null)[]>;
  type: GroupType;
  state: GroupState;
  firstSeenAtMs: number;
  seenAtMs: number;
  samples: number;
  readonly members: Map<string, MemberMemory>;
  membersChangedAtMs: number;
  /** Since when there are no members; NaN while there are some. */
  emptySinceMs: number;
  emptySamples: number;
  /** When members last came back after there were none. */
  returnedAtMs: number;
  /** Samples without members in which a commit moved, since the last member was seen. */
  emptyAdvanceSamples: number;
  /** By cell of the axis a bit: its members were read; it rebalanced, or had other members than before. */
  membersReadCells: number;
  unsettledCells: number;
  /** Messages waiting over all partitions, in the last samples, oldest first. */
  recentLags: number[];
  /** Since when the group is behind, whatever the reason, and in how many partitions since then without a break. */
  behindSinceMs: number;
  behindPartitions: number;
  stormOpen: boolean;
  /** In the present step only: how quickly it read what it has passed, and whether that is more than it ever could. */
  passedPerS: number;
  skipping: boolean;
  alarmed: boolean;
  readonly cadence: CadenceMemory;
  readonly attendance: AttendanceMemory;
  readonly capacity: CapacityMemory;
}

/** How long work usually waits until a commit covers it. */
export interface CadenceMemory {
  readonly delays: DelayHistogram;
  agedAtMs: number;
  /** What only few advances exceed; 0 when nothing is slow. */
  usualMs: number;
  /** The longest waits are hardly longer than the others: a timer is behind them. */
  bounded: boolean;
  /** Samples that something was learnt from, and the last of them. */
  samples: number;
  learntAtMs: number;
  /** When a wait that was an alarm was last learnt from. Matters within one step only. */
  alarmLearntAtMs: number;
}

/** When the group is there, and how long it is used to being away. */
export interface AttendanceMemory {
  /** Spells without members while work waited, oldest first: those that were fine, and those that were alarmed. */
  absences: number[];
  alarmedAbsences: number[];
  /** Since when the present absence has work waiting. */
  awayWithWorkSinceMs: number;
  awayAlarmed: boolean;
  /** It is there all day, not only for a job: an absence is trouble. */
  resident: boolean;
  /** The present, or last, visit. */
  visitSinceMs: number;
  /** Since when it keeps up with what is written. */
  headSinceMs: number;
  reachedHead: boolean;
  /** Messages waiting when the visit began. */
  arrivalLagMessages: number;
  /** It was far behind before it first kept up, as a job is. */
  beganBehind: boolean;
}

/** What the group has shown that it can. */
export interface CapacityMemory {
  memberBestPerS: number;
  readonly bestByClient: Map<string, number>;
  /** The most that the whole group passed in one step. */
  groupBestPerS: number;
  /** The highest production of all partitions together. */
  producedPeakPerS: number;
}

export interface MemberMemory {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
}

export const newGroup = (name: string, atMs: number): GroupMemory => ({
  name,
  partitions: [],
  byTopic: new Map(),
  type: 'classic',
  state: 'Unknown',
  firstSeenAtMs: atMs,
  seenAtMs: Number.NaN,
  samples: 0,
  members: new Map(),
  membersChangedAtMs: Number.NEGATIVE_INFINITY,
  emptySinceMs: Number.NaN,
  emptySamples: 0,
  returnedAtMs: Number.NEGATIVE_INFINITY,
  emptyAdvanceSamples: 0,
  membersReadCells: 0,
  unsettledCells: 0,
  recentLags: [],
  behindSinceMs: Number.NaN,
  behindPartitions: 0,
  stormOpen: false,
  passedPerS: 0,
  skipping: false,
  alarmed: false,
  cadence: {
    delays: emptyHistogram(),
    agedAtMs: atMs,
    usualMs: 0,
    bounded: false,
    samples: 0,
    learntAtMs: Number.NaN,
    alarmLearntAtMs: Number.NaN,
  },
  attendance: {
    absences: [],
    alarmedAbsences: [],
    awayWithWorkSinceMs: Number.NaN,
    awayAlarmed: false,
    resident: false,
    visitSinceMs: Number.NaN,
    headSinceMs: Number.NaN,
    reachedHead: false,
    arrivalLagMessages: 0,
    beganBehind: false,
  },
  capacity: { memberBestPerS: 0, bestByClient: new Map(), groupBestPerS: 0, producedPeakPerS: 0 },
});

/** Notes whether a group is at rest in this sample. Null: its members were not read. */
export function noteUnsettled(group: GroupMemory, cell: number, unsettled: boolean | null): void {
  group.membersReadCells = withBit(group.membersReadCells, cell, unsettled !== null);
  group.unsettledCells = withBit(group.unsettledCells, cell, unsettled === true);
}

const withBit = (bits: number, at: number, on: boolean): number => (on ? bits | (1 << at) : bits & ~(1 << at));

/** Partitions are assigned by hand: commits move although there are no members. */
export const isManual = ({ emptyAdvanceSamples }: GroupMemory): boolean => emptyAdvanceSamples >= 2;

/** Nobody is there, and somebody should be. */
export const isAway = (group: GroupMemory): boolean => group.emptySamples > 0 && !isManual(group);

/** Age of the oldest message that waits for the group in any partition; 0 when none does. */
export function oldestMsOf({ partitions }: GroupMemory): number {
  let oldestMs = 0;
  for (const p of partitions) oldestMs = Math.max(oldestMs, timeLagMsOf(p));
  return oldestMs;
}
