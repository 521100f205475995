import { type PartitionMemory, TRAIL, TRAIL_CAPACITY } from './partition-memory.ts';

/*
 * A partition's trail is where the group stood just after each of its advances: the newest as they came, older ones
 * ever sparser, oldest first. The saw-teeth of commits are cut off here, whatever the cadence.
 */

/** The newest advances that are never thinned. */
const RECENT = 8;

export const trailAtMs = (p: PartitionMemory, index: number): number =>
  isHeld(p, index) ? TRAIL.trailAtMs.get(p, index) : Number.NaN;
export const trailOffset = (p: PartitionMemory, index: number): number =>
  isHeld(p, index) ? TRAIL.trailOffset.get(p, index) : Number.NaN;
export const trailLag = (p: PartitionMemory, index: number): number =>
  isHeld(p, index) ? TRAIL.trailLag.get(p, index) : Number.NaN;

const isHeld = ({ trailLength }: PartitionMemory, index: number): boolean => index >= 0 && index < trailLength;

export function clearTrail(p: PartitionMemory): void {
  p.trailLength = 0;
}

/** One more advance, newer than all others. A full trail lets go of the one that is missed least. */
export function addAdvance(
  p: PartitionMemory,
  advance: { readonly atMs: number; readonly offset: number; readonly lagMessages: number },
  horizonMs: number,
): void {
  const { atMs, offset, lagMessages } = advance;
  if (p.trailLength === TRAIL_CAPACITY) {
    const beyond = atMs - trailAtMs(p, 1) > horizonMs;
    letGo(p, beyond ? 0 : leastMissed(p, atMs));
  }
  const { trailLength: length } = p;
  TRAIL.trailAtMs.put(p, length, atMs, length);
  TRAIL.trailOffset.put(p, length, offset, length);
  TRAIL.trailLag.put(p, length, lagMessages, length);
  p.trailLength = length + 1;
}

function letGo(p: PartitionMemory, index: number): void {
  TRAIL.trailAtMs.remove(p, index, p.trailLength);
  TRAIL.trailOffset.remove(p, index, p.trailLength);
  TRAIL.trailLag.remove(p, index, p.trailLength);
  p.trailLength -= 1;
}

/** In a full trail the one whose neighbours lie closest together for their age. */
function leastMissed(p: PartitionMemory, nowMs: number): number {
  let least = Number.POSITIVE_INFINITY;
  let leastAt = 0;
  let beforeMs = trailAtMs(p, 0);
  let atMs = trailAtMs(p, 1);
  for (let index = 1; index <= TRAIL_CAPACITY - RECENT; index++) {
    const afterMs = TRAIL.trailAtMs.get(p, index + 1);
    const spread = (afterMs - beforeMs) / (nowMs - beforeMs);
    if (spread < least) {
      least = spread;
      leastAt = index;
    }
    beforeMs = atMs;
    atMs = afterMs;
  }
  return leastAt;
}

/** The newest advance that lies at least this long before the last one, or the oldest held; -1 in an empty trail. */
export function trailIndexBefore(p: PartitionMemory, spanMs: number): number {
  const last = p.trailLength - 1;
  const lastMs = trailAtMs(p, last);
  for (let index = last - 1; index >= 0; index--) {
    if (lastMs - TRAIL.trailAtMs.get(p, index) >= spanMs) return index;
  }
  return last >= 0 ? 0 : -1;
}

/** Messages per second from one advance to another, about this long apart; 0 when it did not advance lately. */
export function consumedPerS(p: PartitionMemory, nowMs: number, spanMs: number): number {
  const last = p.trailLength - 1;
  // A trail of one advance shows no pace, nor does one that ended long ago: no need to look for its beginning.
  if (last < 1) return 0;
  const lastMs = TRAIL.trailAtMs.get(p, last);
  if (nowMs - lastMs > spanMs) return 0;
  const first = trailIndexBefore(p, spanMs);
  const passedMs = lastMs - TRAIL.trailAtMs.get(p, first);
  return ((TRAIL.trailOffset.get(p, last) - TRAIL.trailOffset.get(p, first)) / passedMs) * 1_000;
}
