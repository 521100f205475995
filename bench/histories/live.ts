import { type Circumstances, consume } from './consumption.ts';
import { updateMembers } from './membership.ts';
import type { Random } from './random.ts';
import { type Position, type SimulatedGroup, sharesAll } from './simulated-group.ts';
import { readableEnd } from './simulated-topic.ts';

/** Seconds of commits that are kept, to be read late. */
const RECENT_S = 5;
/** Beyond this, members commit at times of their own. */
const SLOW_COMMIT_S = 90;

/** One second in a group's life. */
export function live(group: SimulatedGroup, now: Circumstances, random: Random): void {
  const { second, faults } = now;
  if (second < group.plan.since) return;
  setPositions(group, now);
  for (const place of group.positions) if (place.position < 0) begin(group, place, second);
  group.deleted = faults.some(({ does }) => does.what === 'deleted');
  updateMembers(group, second, faults, random);
  if (second >= group.rebalancingUntil) consume(group, now);
  commit(group, now);
}

/** A partition is read from where the plan says; one that is added later, from its beginning. */
function begin({ plan }: SimulatedGroup, place: Position, second: number): void {
  const sinceS = place.topic.plan.since[place.partition] ?? 0;
  if (second < sinceS) return;
  const from = sinceS > plan.since ? second : Math.max(0, second - plan.startBackS);
  place.position = place.topic.ends[place.partition]?.[Math.max(0, from - 1)] ?? 0;
  if (second > 0) return;
  place.position -= Math.round(plan.startBackS * meanPerS(place));
  place.committed = place.position;
}

/** The mean of the first hour, for what was written before the history begins. */
function meanPerS({ topic, partition }: Position): number {
  const written = topic.plan.written[partition]?.subarray(0, 3_600) ?? new Uint32Array();
  return written.reduce((sum, count) => sum + count, 0) / Math.max(1, written.length);
}

/** What people and rebalances do to offsets in this second. */
function setPositions({ plan, positions }: SimulatedGroup, { second, faults }: Circumstances): void {
  for (const { does, from } of faults) {
    if (from !== second) continue;
    for (const place of positions) {
      const { topic, partition } = place;
      if (does.what === 'rewind') {
        moveTo(place, Math.min(place.position, topic.ends[partition]?.[Math.max(0, second - does.backS)] ?? 0));
      }
      if (does.what === 'skip') moveTo(place, readableEnd(topic, partition, second - 1));
    }
  }
  for (const { at, messages } of plan.smallRewinds) {
    if (at === second) for (const place of positions) moveTo(place, place.position - messages);
  }
}

function moveTo(place: Position, offset: number): void {
  place.position = offset;
  place.committed = offset;
}

function commit(group: SimulatedGroup, { second, faults }: Circumstances): void {
  const { commitEveryS, manual } = group.plan;
  const shared = sharesAll(group.plan);
  const present = group.members.some((member) => member.present);
  const stopped = faults.some(({ does }) => does.what === 'commits-stop' || does.what === 'all-gone');
  for (const place of group.positions) {
    const there = manual || (shared ? present : group.members[place.owner]?.present === true);
    const phase = commitEveryS > SLOW_COMMIT_S ? Math.max(0, place.owner) * 37 : 0;
    const due = (second + phase) % commitEveryS === 0;
    if (!stopped && there && due && place.position >= 0) place.committed = place.position;
  }
  group.recent.unshift(group.positions.map(({ committed }) => committed));
  if (group.recent.length > RECENT_S) group.recent.pop();
}
