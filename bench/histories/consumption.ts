import type { ClusterPlan, Fault } from './plan.ts';
import { type Position, type SimulatedGroup, sharesAll } from './simulated-group.ts';
import { readableEnd, within } from './simulated-topic.ts';

/** What acts on a group in one second. */
export interface Circumstances {
  readonly second: number;
  readonly faults: readonly Fault[];
  readonly cluster: ClusterPlan;
}

/** Older messages than this have been compacted. */
const COMPACTED_AFTER_S = 1_800;

/** One second of work: every member handles what its capacity allows. */
export function consume(group: SimulatedGroup, now: Circumstances): void {
  const { plan, members, positions } = group;
  if (plan.rebalances.some((span) => within(now.second, span))) return;
  const share = capacityShare(now);
  for (const [index, member] of members.entries()) {
    if (plan.manual ? isGone(now) : !member.present || stands(group, index, now)) continue;
    const capacity = (plan.members[index]?.capacityPerS ?? 0) * share;
    // Nobody is equally quick all the time; and nobody saves up for more than a message or a second.
    const earned = capacity * (1 + 0.1 * ((now.second % 3) - 1));
    member.credit = Math.min(member.credit, Math.max(1, capacity)) + earned;
    member.credit -= drink(
      positions.filter(({ owner }) => plan.manual || sharesAll(plan) || owner === index),
      member.credit,
      now,
    );
  }
}

const isGone = ({ faults }: Circumstances): boolean => faults.some(({ does }) => does.what === 'all-gone');

function stands({ plan }: SimulatedGroup, index: number, { second, faults }: Circumstances): boolean {
  return (
    plan.pauses.some((pause) => pause.member === index && within(second, pause)) ||
    faults.some(({ does }) => (does.what === 'hang' || does.what === 'ghost') && does.member === index)
  );
}

function capacityShare({ second, faults, cluster }: Circumstances): number {
  let share = 1;
  for (const { does, from, to } of faults) {
    if (does.what === 'slow') share *= does.leaks ? 1 - (1 - does.share) * ((second - from) / (to - from)) : does.share;
    if (does.what === 'storm') share *= 0.25;
  }
  for (const slow of cluster.slowSpans) if (within(second, slow)) share *= slow.share;
  return share;
}

/** Shares a member's credit fairly over its partitions that have work. Returns what was spent. */
function drink(own: readonly Position[], credit: number, now: Circumstances): number {
  const thirsty = own.filter((place) => place.position >= 0 && available(place, now) > 0);
  let left = credit;
  for (let rest = thirsty.length; rest > 0; rest--) {
    // Another one is first in each second, or the last would starve when there is not one message for each.
    const place = thirsty[(rest + now.second) % thirsty.length];
    if (place === undefined) continue;
    const step = isCompacted(place, now) ? 1 / place.topic.plan.compactedTo : 1;
    const fair = left >= rest ? Math.floor((left / rest) * step) : Math.floor(Math.min(1, left) * step);
    const taken = Math.min(available(place, now), fair);
    place.position += taken;
    left -= taken / step;
  }
  return credit - left;
}

function isCompacted({ topic, partition, position }: Position, { second }: Circumstances): boolean {
  return second > COMPACTED_AFTER_S && position < (topic.ends[partition]?.[second - COMPACTED_AFTER_S] ?? 0);
}

/** What can be read in this second. A position that retention has passed moves to the log's start. */
function available(place: Position, { second, faults, cluster }: Circumstances): number {
  const { topic, partition } = place;
  if (cluster.brokerOutages.some((outage) => outage.broker === partition % 3 && within(second, outage))) return 0;
  place.position = Math.max(place.position, topic.startOffsets[partition] ?? 0);
  const left = readableEnd(topic, partition, second) - place.position;
  for (const { does } of faults) {
    if (!('topic' in does) || does.topic !== topic.plan.name || does.partition !== partition) continue;
    if (does.what === 'poison') return 0;
    if (does.what === 'heavy')
      return Math.min(left, Math.floor(does.perS * (second + 1)) - Math.floor(does.perS * second));
  }
  return left;
}
