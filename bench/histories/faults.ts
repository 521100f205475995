import type { ClusterPlan, Fault, GroupPlan, TopicPlan } from './plan.ts';
import type { Random } from './random.ts';
import { DAY_S, isThereAllDay } from './shapes.ts';

export const FAULT_NAMES = [
  'allGone',
  'allGoneBriefly',
  'deleted',
  'ghost',
  'unowned',
  'unownedBriefly',
  'poison',
  'poisonBriefly',
  'hang',
  'hangBriefly',
  'commitsStop',
  'commitsStopBriefly',
  'slow',
  'slowBriefly',
  'leak',
  'heavy',
  'storm',
  'rewind',
  'skip',
  'dataLoss',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** What goes wrong in a group that has just begun can't be told from how it is. */
const SETTLED_S = 3_600;

/** Where all members read all partitions, one that stands still slows the others' work down and stops none of it. */
const FOR_SHARE_GROUPS: Readonly<Record<string, FaultName>> = {
  ghost: 'slow',
  hang: 'slow',
  hangBriefly: 'slow',
  storm: 'slow',
};

/** Nobody rebalances who has assigned the partitions by hand. */
const FOR_MANUAL_GROUPS: Readonly<Record<string, FaultName>> = { storm: 'slow' };

/** Adds one fault to a plan, in the span that is given to it. */
export function withFault(random: Random, plan: ClusterPlan, name: FaultName, from: number): ClusterPlan {
  const all = plan.groups.filter((one) => isThereAllDay(one, plan));
  const group = all[random.whole(0, all.length - 1)];
  const topic = plan.topics.find((one) => one.name === group?.topics[0]);
  if (group === undefined || topic === undefined || from < group.since + SETTLED_S) return plan;
  const wanted = group.type === 'share' ? FOR_SHARE_GROUPS[name] : group.manual ? FOR_MANUAL_GROUPS[name] : name;
  const faults = faultsOf(random, wanted ?? name, from, group, topic);
  const retentionS = name === 'dataLoss' ? random.whole(3_600, 7_200) : topic.retentionS;
  const topics = plan.topics.map((one) => (one === topic ? { ...one, retentionS } : one));
  return { ...plan, topics, faults: [...plan.faults, ...faults] };
}

function faultsOf(random: Random, name: FaultName, from: number, group: GroupPlan, topic: TopicPlan): Fault[] {
  const brief = from + random.whole(180, 600);
  const long = from + random.whole(1_200, 9_000);
  const there = topic.since.flatMap((since, partition) => (since <= from ? [partition] : []));
  const partition = there[random.whole(0, there.length - 1)] ?? 0;
  const member = random.whole(0, Math.max(0, group.members.length - 1));
  const of = (kind: Fault['kind'], to: number, does: Fault['does']): Fault => ({
    kind,
    group: group.name,
    from,
    to,
    does,
  });
  switch (name) {
    case 'allGone':
      return [of('STOPPED', long, { what: 'all-gone' })];
    case 'allGoneBriefly':
      return [of('STOPPED', brief, { what: 'all-gone' })];
    case 'deleted':
      return [of('STOPPED', DAY_S, { what: 'deleted' })];
    case 'ghost':
      return [of('STOPPED', long, { what: 'ghost', member })];
    case 'unowned':
      return [of('STOPPED', long, { what: 'unowned', topic: topic.name, partition })];
    case 'unownedBriefly':
      return [of('STOPPED', brief, { what: 'unowned', topic: topic.name, partition })];
    case 'poison':
      return [of('STALLED', long, { what: 'poison', topic: topic.name, partition })];
    case 'poisonBriefly':
      return [of('STALLED', brief, { what: 'poison', topic: topic.name, partition })];
    case 'hang':
      return [of('STALLED', long, { what: 'hang', member })];
    case 'hangBriefly':
      return [of('STALLED', brief, { what: 'hang', member })];
    case 'commitsStop':
      return [of('STALLED', long, { what: 'commits-stop' })];
    case 'commitsStopBriefly':
      return [of('STALLED', brief, { what: 'commits-stop' })];
    case 'slow':
      return [of('FALLING_BEHIND', from + random.whole(2_400, 7_200), slowdown(random, group, topic, from, false))];
    case 'slowBriefly':
      return [of('FALLING_BEHIND', from + random.whole(480, 1_800), slowdown(random, group, topic, from, false))];
    case 'leak':
      return [of('FALLING_BEHIND', from + random.whole(7_200, 18_000), slowdown(random, group, topic, from, true))];
    case 'heavy':
      return [
        of('FALLING_BEHIND', from + random.whole(3_600, 7_200), {
          what: 'heavy',
          topic: topic.name,
          partition,
          perS: ownPerS(topic, partition, from) * random.between(0.5, 0.85),
        }),
      ];
    case 'storm':
      return [of('REBALANCE_STORM', from + random.whole(1_200, 3_600), { what: 'storm' })];
    case 'rewind':
      return [of('REWIND', from + 60, { what: 'rewind', backS: random.whole(600, 5_400) })];
    case 'skip': {
      const reset = from + random.whole(900, 2_400);
      return [
        of('STOPPED', reset + 15, { what: 'all-gone' }),
        { ...of('SKIP', reset + 60, { what: 'skip' }), from: reset },
      ];
    }
    case 'dataLoss':
      return [of('STOPPED', from + 14_400, { what: 'all-gone' })];
  }
}

/** To what share capacity must fall so that it is below what is written then. */
function slowdown(random: Random, group: GroupPlan, topic: TopicPlan, from: number, leaks: boolean): Fault['does'] {
  const capacityPerS = group.members.reduce((sum, one) => sum + one.capacityPerS, 0);
  return { what: 'slow', share: (meanPerS(topic, from) * random.between(0.5, 0.85)) / capacityPerS, leaks };
}

function meanPerS(topic: TopicPlan, from: number): number {
  return (
    topic.written.reduce((sum, counts) => sum + counts.subarray(from, from + 3_600).reduce((a, b) => a + b, 0), 0) /
    3_600
  );
}

const ownPerS = (topic: TopicPlan, partition: number, from: number): number =>
  (topic.written[partition]?.subarray(from, from + 3_600).reduce((a, b) => a + b, 0) ?? 0) / 3_600;
