import { producedAtMs } from '../../../lag/time-lag.ts';
import { kendallTau } from '../../../statistics/kendall-tau.ts';
import type { GroupInstant } from '../instant.ts';
import { type PartitionMemory, timeLagMsOf } from '../partition-memory.ts';
import type { GrowthShape } from '../settings.ts';
import { trailAtMs, trailLag, trailOffset } from '../trail.ts';

/** Of the highest backlog in the window, the last must be so much: it still grows. */
const STILL_HIGHEST = 0.98;

/** Does the backlog left after each advance grow as the shape says, in messages and in time? */
export function grows(p: PartitionMemory, shape: GrowthShape, instant: GroupInstant): boolean {
  if (timeLagMsOf(p) < shape.timeLagMs) return false;
  const from = windowStart(p, shape, instant);
  const lags = lagsFrom(p, from);
  const first = lags[0] ?? 0;
  const last = lags.at(-1) ?? 0;
  if (lags.length < shape.advancesMin) return false;
  if (last <= shape.factor * first + shape.messages) return false;
  if (last < STILL_HIGHEST * Math.max(...lags) || last <= (lags.at(-3) ?? 0)) return false;
  if (timeLagMsOf(p) < timeLagMsAt(p, from, instant) + shape.timeLagGrowthMs) return false;
  if (shape.beforeMs > 0 && timeLagMsAgo(p, shape.beforeMs, instant) < shape.timeLagBeforeMs) return false;
  return kendallTau(lags) >= shape.trend;
}

/** Does the oldest unread message get ever older, with work left after every advance, whether or not the backlog grows? */
export function ages(p: PartitionMemory, shape: GrowthShape, instant: GroupInstant): boolean {
  if (timeLagMsOf(p) < shape.timeLagMs) return false;
  const from = windowStart(p, shape, instant);
  if (p.trailLength - from < shape.advancesMin || Math.min(...lagsFrom(p, from)) <= shape.messages) return false;
  const timeLags: number[] = [];
  for (let index = from; index < p.trailLength; index++) timeLags.push(timeLagMsAt(p, index, instant));
  const grown = (timeLags.at(-1) ?? 0) - (timeLags[0] ?? 0);
  return grown >= shape.timeLagGrowthMs && kendallTau(timeLags) >= shape.trend;
}

/** The lags left after the last advances, oldest first. */
export function lagsFrom(p: PartitionMemory, from: number): number[] {
  const lags: number[] = [];
  for (let index = Math.max(0, from); index < p.trailLength; index++) lags.push(trailLag(p, index));
  return lags;
}

/** The window's first advance; of a whole window, the one at or before its beginning, or beyond the last if none is. */
function windowStart(p: PartitionMemory, shape: GrowthShape, { atMs, group }: GroupInstant): number {
  const spanMs = Math.max(shape.spanMs, shape.cadences * group.cadence.usualMs);
  for (let index = p.trailLength - 1; index >= 0; index--) {
    if (atMs - trailAtMs(p, index) > spanMs) return shape.whole ? index : index + 1;
  }
  return shape.whole ? p.trailLength : 0;
}

/** The time lag at the last advance that is so long ago; 0 when none is. */
function timeLagMsAgo(p: PartitionMemory, agoMs: number, instant: GroupInstant): number {
  for (let index = p.trailLength - 1; index >= 0; index--) {
    if (instant.atMs - trailAtMs(p, index) >= agoMs) return timeLagMsAt(p, index, instant);
  }
  return 0;
}

/** How old the oldest unread message was just after an advance. */
function timeLagMsAt(p: PartitionMemory, index: number, { memory }: GroupInstant): number {
  if (!(trailLag(p, index) > 0)) return 0;
  return Math.max(0, trailAtMs(p, index) - producedAtMs(memory.axis, p.log, trailOffset(p, index)));
}
