import { countText, durationText } from '../quantity.ts';
import type { Sureness } from '../status/measures.ts';
import type { CapacityFacts } from './capacity-facts.ts';

/** docs/capacity.md gives formula, reasons and a worked example. */
export interface CapacitySettings {
  /** A backlog shall be gone after so long, even at the peak of production. */
  readonly drainMs: number;
  /** The share of a member's best that is counted on: nobody runs at the best for ever. */
  readonly loadShare: number;
  /** Watched for less, the advice is unsure. */
  readonly sureMs: number;
}

export const CAPACITY_DEFAULTS: CapacitySettings = { drainMs: 1_800_000, loadShare: 0.7, sureMs: 3_600_000 };

/**
 * How to spread the work on the consumers' side.
 *
 * `consumerPerPartition`: more consumers in the group, in threads or processes, up to one for each partition. Order
 * within a partition and the meaning of a commit stay as they are.
 *
 * `workerPool`: one consumer for each partition hands its messages to workers. For when the partitions are used up. Its
 * risks: a commit ahead of unfinished work loses messages in a crash, so only what is done without a gap may be
 * committed; order is lost, but for what is kept together by key; and all workers die with their process, of a lack of
 * memory too.
 *
 * `shareMembers`: more members of a share group, as many as one likes.
 */
export type ConsumerPattern = 'consumerPerPartition' | 'workerPool' | 'shareMembers';

export interface CapacityAdvice {
  /** Members that the group needs. */
  readonly membersNeeded: number;
  /** The present ones that can't get a partition. */
  readonly membersIdle: number;
  /** As many members as needed would not all get a partition. */
  readonly limitedByPartitions: boolean;
  readonly pattern: ConsumerPattern;
  /** Workers for each partition that the pool needs; 1 without one. */
  readonly workersPerPartition: number;
  /** How long the present members, at their best and at the peak of production, need for the backlog; null: for ever. */
  readonly presentDrainMs: number | null;
  /** `low`: watched for a short time only, or no member was ever seen at its limit. */
  readonly sureness: Sureness;
  readonly sentence: string;
}

/**
 * How many consumers a group needs, whether its partitions allow as many, and which pattern that suggests. Null while
 * nobody has consumed anything that could be measured.
 *
 * members = ⌈(peak + backlog ÷ drain time) ÷ (member's best × load share)⌉. Where no member was ever at its limit, the
 * present ones have kept up with all there was: then no more than they are needed.
 *
 * @example 900/s at the peak, a backlog of 180,000 to be gone in 30 min, members that handle 200/s, counted at 70 %:
 * (900 + 100) ÷ 140 → 8 members
 */
export function capacityAdviceOf(
  facts: CapacityFacts,
  settings: CapacitySettings = CAPACITY_DEFAULTS,
): CapacityAdvice | null {
  const { producedPeakPerS, memberPerS, limitSeen, members, partitions, backlogMessages, watchedMs } = facts;
  if (!(memberPerS > 0) || partitions === 0) return null;
  const neededPerS = producedPeakPerS + (backlogMessages * 1_000) / settings.drainMs;
  const byRate = Math.max(1, Math.ceil(neededPerS / (memberPerS * settings.loadShare)));
  const membersNeeded = limitSeen ? byRate : Math.min(byRate, Math.max(1, members));
  const limitedByPartitions = partitions !== null && membersNeeded > partitions;
  const advice = {
    membersNeeded,
    membersIdle: partitions === null ? 0 : Math.max(0, members - partitions),
    limitedByPartitions,
    pattern: patternOf(partitions, limitedByPartitions),
    workersPerPartition: limitedByPartitions ? Math.ceil(membersNeeded / partitions) : 1,
    presentDrainMs: presentDrainMs(facts),
    sureness: limitSeen && watchedMs >= settings.sureMs ? ('high' as const) : ('low' as const),
  };
  return { ...advice, sentence: sentenceOf(advice, facts, settings) };
}

function patternOf(partitions: number | null, limitedByPartitions: boolean): ConsumerPattern {
  if (partitions === null) return 'shareMembers';
  return limitedByPartitions ? 'workerPool' : 'consumerPerPartition';
}

/** More members than partitions do no more than there are partitions. */
function presentDrainMs(facts: CapacityFacts): number | null {
  const { backlogMessages, memberPerS, members, partitions, producedPeakPerS } = facts;
  if (backlogMessages === 0) return 0;
  const sparePerS = memberPerS * Math.min(members, partitions ?? members) - producedPeakPerS;
  return sparePerS > 0 ? Math.round((backlogMessages / sparePerS) * 1_000) : null;
}

function sentenceOf(
  advice: Omit<CapacityAdvice, 'sentence'>,
  facts: CapacityFacts,
  { drainMs }: CapacitySettings,
): string {
  const { membersNeeded, membersIdle, limitedByPartitions, workersPerPartition } = advice;
  const { members, partitions, backlogMessages, limitSeen, producedPeakPerS } = facts;
  const consumers = `${membersNeeded} ${membersNeeded === 1 ? 'consumer' : 'consumers'}`;
  const drains =
    backlogMessages > 0
      ? `, and to work off ${countText(backlogMessages)} in ${durationText(drainMs)} (the present ones: ${drainText(advice)})`
      : '';
  const parts = [
    `${limitSeen ? '' : 'at most '}${consumers} (now ${members}) for the peak of ${countText(producedPeakPerS)}/s${drains}`,
    ...(limitSeen ? [] : ['none was seen at its limit']),
    ...(membersIdle > 0
      ? [`${membersIdle} of the present ones ${membersIdle === 1 ? 'has' : 'have'} no partition`]
      : []),
    ...(limitedByPartitions
      ? [
          `its ${partitions} partitions can't feed as many: add partitions, or let ${workersPerPartition} workers share each partition's messages`,
        ]
      : []),
  ];
  return parts.join('; ');
}

const drainText = ({ presentDrainMs }: Pick<CapacityAdvice, 'presentDrainMs'>): string =>
  presentDrainMs === null ? 'never' : durationText(presentDrainMs);
