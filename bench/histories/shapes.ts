import type { GroupPlan, MemberPlan, ReadingPlan, Span } from './plan.ts';
import type { Random } from './random.ts';

export const DAY_S = 86_400;

/** Members that are there all the time, of equal capacity unless `spread` says otherwise. */
export function steadyMembers(random: Random, count: number, totalPerS: number, spread = 0): MemberPlan[] {
  return Array.from({ length: count }, () => ({
    capacityPerS: (totalPerS / count) * 2 ** random.between(-spread, spread),
    present: [{ from: 0, to: DAY_S }],
  }));
}

/** A consumer group without anything special about it. */
export function plainGroup(
  random: Random,
  name: string,
  topics: readonly string[],
  members: readonly MemberPlan[],
): GroupPlan {
  return {
    name,
    type: random.chance(0.7) ? 'classic' : 'consumer',
    topics,
    members,
    commitEveryS: 5,
    staticMembers: false,
    manual: false,
    since: 0,
    startBackS: 0,
    rebalances: [],
    pauses: [],
    smallRewinds: [],
  };
}

/** A member of it is there for most of the time: no job, and not a group that leaves for good. */
export const isThereAllDay = ({ members }: GroupPlan, { seconds }: { readonly seconds: number }): boolean =>
  members.some(({ present }) => present.reduce((sum, { from, to }) => sum + to - from, 0) > 0.5 * seconds);

/** All members stop and start together, with a gap that a deploy leaves. */
export function fullDeploys(random: Random, members: readonly MemberPlan[], times: readonly number[]): MemberPlan[] {
  const gaps = times.map((at) => ({ from: at, to: at + random.whole(30, 90) }));
  return members.map((member) => ({ ...member, present: outside(gaps, DAY_S) }));
}

/** One member after the other is replaced. */
export function rollingDeploys(random: Random, members: readonly MemberPlan[], times: readonly number[]): MemberPlan[] {
  return members.map((member, index) => {
    const gaps = times.map((at) => {
      const from = at + index * random.whole(25, 60);
      return { from, to: from + random.whole(4, 25) };
    });
    return { ...member, present: outside(gaps, DAY_S) };
  });
}

/** Runs of a job: there for a while, then away. */
export function jobRuns(everyS: number, firstAt: number, lengthS: () => number): Span[] {
  const runs: Span[] = [];
  for (let at = firstAt; at < DAY_S; at += everyS) runs.push({ from: Math.max(0, at), to: at + lengthS() });
  return runs.filter(({ to }) => to > 0);
}

/** What is left of a day without these spans. */
export function outside(gaps: readonly Span[], seconds: number): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const gap of gaps.toSorted((a, b) => a.from - b.from)) {
    if (gap.from > from) spans.push({ from, to: gap.from });
    from = Math.max(from, gap.to);
  }
  spans.push({ from, to: seconds });
  return spans;
}

export function timesOfDay(random: Random, count: number, from = 3_600): number[] {
  return Array.from({ length: count }, () => random.whole(from, DAY_S - 3_600)).toSorted((a, b) => a - b);
}

/** Read each minute, nearly without a fault. */
export const plainReading = (random: Random): ReadingPlan => ({
  everyS: 60,
  jitterS: 6,
  endsFirst: random.chance(0.25),
  missingShare: 0.01,
  gaps: [],
  duplicates: [],
  late: [],
  clockJumps: [],
});
