import { countText, durationText } from '../quantity.ts';

/** What the advice rests on. Rates in messages per second over the whole group. */
export interface CapacityFacts {
  /** The highest production that is to be expected: the peak seen, or what people plan for. */
  readonly producedPeakPerS: number;
  /** The most that one member has shown. A member that never had a backlog may be able to do more. */
  readonly memberPerS: number;
  readonly members: number;
  /** Partitions of all topics that the group reads. */
  readonly partitions: number;
  /** The largest backlog to get rid of: after a burst, or an outage. */
  readonly backlogMessages: number;
}

export interface CapacitySettings {
  /** A backlog shall be gone after so long, even at the peak of production. */
  readonly drainMs: number;
  /** The share of a member's best that is counted on: nobody runs at the best for ever. */
  readonly loadShare: number;
}

export const CAPACITY_DEFAULTS: CapacitySettings = { drainMs: 1_800_000, loadShare: 0.7 };

/**
 * How to spread the work on the consumers' side.
 *
 * `consumerPerPartition`: more consumers in the group, in threads or processes, up to one for each partition. Order
 * within a partition and the meaning of a commit stay as they are.
 *
 * `workerPool`: one consumer for each partition hands its messages to workers. For when the partitions are used up. Its
 * risks: a commit ahead of unfinished work loses messages in a crash, so only what is done without a gap may be
 * committed; order is lost, but for what is kept together by key; and all workers die with their process.
 */
export type ConsumerPattern = 'consumerPerPartition' | 'workerPool';

export interface CapacityAdvice {
  /** Members that the group needs; at most so many, as members may do better than they have shown. */
  readonly membersNeeded: number;
  /** Members that can't get a partition now. */
  readonly membersIdle: number;
  /** As many members as needed would not all get a partition. */
  readonly limitedByPartitions: boolean;
  readonly pattern: ConsumerPattern;
  /** Workers for each partition that the pool needs; 1 without one. */
  readonly workersPerPartition: number;
  readonly sentence: string;
}

/**
 * How many consumers a group needs, whether its partitions allow as many, and which pattern that suggests. Null while
 * nobody has consumed anything that could be measured.
 *
 * members = ⌈(peak + backlog ÷ drain time) ÷ (member's best × load share)⌉
 *
 * @example 900/s at the peak, a backlog of 180,000 to be gone in 30 min, members that handle 200/s, counted at 70 %:
 * (900 + 100) ÷ 140 → 8 members
 */
export function capacityAdviceOf(
  facts: CapacityFacts,
  { drainMs, loadShare }: CapacitySettings = CAPACITY_DEFAULTS,
): CapacityAdvice | null {
  const { producedPeakPerS, memberPerS, members, partitions, backlogMessages } = facts;
  if (!(memberPerS > 0) || partitions === 0) return null;
  const neededPerS = producedPeakPerS + (backlogMessages * 1_000) / drainMs;
  const membersNeeded = Math.max(1, Math.ceil(neededPerS / (memberPerS * loadShare)));
  const limitedByPartitions = membersNeeded > partitions;
  const advice = {
    membersNeeded,
    membersIdle: Math.max(0, members - partitions),
    limitedByPartitions,
    pattern: limitedByPartitions ? ('workerPool' as const) : ('consumerPerPartition' as const),
    workersPerPartition: limitedByPartitions ? Math.ceil(membersNeeded / partitions) : 1,
  };
  return { ...advice, sentence: sentenceOf(advice, facts, drainMs) };
}

function sentenceOf(advice: Omit<CapacityAdvice, 'sentence'>, facts: CapacityFacts, drainMs: number): string {
  const { membersNeeded, membersIdle, limitedByPartitions, workersPerPartition } = advice;
  const { members, partitions, backlogMessages } = facts;
  const drains =
    backlogMessages > 0 ? `, and to work off ${countText(backlogMessages)} in ${durationText(drainMs)}` : '';
  const need = `${membersNeeded} consumers (now ${members}) for the peak of ${countText(facts.producedPeakPerS)}/s${drains}`;
  const idle = membersIdle > 0 ? `; ${membersIdle} of the present ones have no partition` : '';
  if (!limitedByPartitions) return `${need}${idle}`;
  const way = `add partitions, or let ${workersPerPartition} workers share each partition's messages`;
  return `${need}, more than its ${partitions} partitions can feed${idle}: ${way}`;
}
