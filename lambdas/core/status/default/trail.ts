/**
 * Where a group stood just after each of its advances in one partition: the newest as they came, older ones ever
 * sparser. The saw-teeth of commits are cut off here, whatever the cadence. Flat triples of time, offset and lag,
 * oldest first.
 */
export type Trail = number[];

const FIELDS = 3;
/** Advances held at most, and the newest that are never thinned. */
const CAPACITY = 16;
const RECENT = 8;

export const trailLength = (trail: Trail): number => trail.length / FIELDS;
export const trailAtMs = (trail: Trail, index: number): number => trail[index * FIELDS] ?? Number.NaN;
export const trailOffset = (trail: Trail, index: number): number => trail[index * FIELDS + 1] ?? Number.NaN;
export const trailLag = (trail: Trail, index: number): number => trail[index * FIELDS + 2] ?? Number.NaN;

/** The trail with one more advance, mostly the same array. It lets go of the one that is missed least when it is full. */
export function withAdvance(
  trail: Trail,
  advance: { readonly atMs: number; readonly offset: number; readonly lagMessages: number },
  horizonMs: number,
): Trail {
  const { atMs, offset, lagMessages } = advance;
  if (trailLength(trail) < CAPACITY) {
    trail.push(atMs, offset, lagMessages);
    // An array that has grown to its full length is half air; its copy is not.
    return trailLength(trail) < CAPACITY ? trail : trail.slice();
  }
  const beyond = atMs - trailAtMs(trail, 1) > horizonMs;
  trail.splice(beyond ? 0 : FIELDS * leastMissed(trail, atMs), FIELDS);
  trail.push(atMs, offset, lagMessages);
  return trail;
}

/** The one whose neighbours lie closest together for their age. */
function leastMissed(trail: Trail, nowMs: number): number {
  let least = Number.POSITIVE_INFINITY;
  let leastAt = 0;
  for (let index = 1; index <= trailLength(trail) - RECENT; index++) {
    const beforeMs = trailAtMs(trail, index - 1);
    const spread = (trailAtMs(trail, index + 1) - beforeMs) / (nowMs - beforeMs);
    if (spread < least) {
      least = spread;
      leastAt = index;
    }
  }
  return leastAt;
}

/** The newest advance that lies at least this long before the last one, or the oldest held; -1 in an empty trail. */
export function trailIndexBefore(trail: Trail, spanMs: number): number {
  const lastMs = trailAtMs(trail, trailLength(trail) - 1);
  for (let index = trailLength(trail) - 2; index >= 0; index--) {
    if (lastMs - trailAtMs(trail, index) >= spanMs) return index;
  }
  return trail.length > 0 ? 0 : -1;
}

/** Messages per second from one advance to another, about this long apart; 0 when it did not advance lately. */
export function consumedPerS(trail: Trail, nowMs: number, spanMs: number): number {
  const last = trailLength(trail) - 1;
  const first = trailIndexBefore(trail, spanMs);
  if (first < 0 || first === last || nowMs - trailAtMs(trail, last) > spanMs) return 0;
  const passedMs = trailAtMs(trail, last) - trailAtMs(trail, first);
  return ((trailOffset(trail, last) - trailOffset(trail, first)) / passedMs) * 1_000;
}
