import type { DemoGroup } from './groups.ts';

/** Nothing comes at first: the first look at the cluster finds every group with its work done. */
export const QUIET_S = 8;
const WAVE_PER_S = 10;
const WAVE = { onS: 20, offS: 10 };
/** What the slow consumer can handle of each partition. */
export const SLOW_CAPACITY_PER_S = 10;
const FLOOD = { highS: 25, highPerS: 22, lowS: 10, lowPerS: 6 };

/**
 * Messages a second for each partition of a group's topic, `atS` seconds after the start.
 *
 * They come in waves with pauses in between, each longer than a sample interval of 5 s and the second between two
 * commits: a consumer that keeps up is seen with nothing left to do, whenever the samples are taken.
 */
export function messagesPerS(group: DemoGroup, atS: number, isSlow: boolean): number {
  if (atS < QUIET_S) return 0;
  const sinceS = atS - QUIET_S;
  if (group === 'orders-slow' && isSlow) return floodPerS(sinceS);
  return sinceS % (WAVE.onS + WAVE.offS) < WAVE.onS ? WAVE_PER_S : 0;
}

/**
 * Nearly twice what the consumer can handle, and from time to time a little less than that. So the lag grows, yet now
 * and then is smaller than it was 5 s before: as in life, and enough for Burrow's rules to see nothing wrong.
 */
function floodPerS(sinceS: number): number {
  const { highS, highPerS, lowS, lowPerS } = FLOOD;
  return sinceS % (highS + lowS) < highS ? highPerS : lowPerS;
}
