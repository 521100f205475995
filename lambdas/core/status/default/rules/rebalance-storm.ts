import type { TimeAxis } from '../../../lag/time-axis.ts';
import { durationText } from '../../../quantity.ts';
import type { Reason } from '../../verdict.ts';
import { type GroupMemory, oldestMsOf } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import type { RuleSettings } from '../settings.ts';

/** Does the group rebalance more than it works? Until it settles, or has caught up all the same. */
export function isStorm(group: GroupMemory, instant: GroupInstant): boolean {
  const { opensShare, closesShare, samplesMin, timeLagMs, endTimeLagMs } = instant.settings.storm;
  const { seen, unsettled } = unsettledSamples(group, instant);
  const oldestMs = oldestMsOf(group);
  if (group.stormOpen) return unsettled >= closesShare * seen && oldestMs >= endTimeLagMs;
  return unsettled >= samplesMin && unsettled >= opensShare * seen && oldestMs >= timeLagMs && isRising(group);
}

/** The same in words. */
export function stormReason(group: GroupMemory, instant: GroupInstant): Reason {
  const { seen, unsettled } = unsettledSamples(group, instant);
  const timeLagMs = oldestMsOf(group);
  return {
    rule: 'rebalanceStorm',
    numbers: { unsettledSamples: unsettled, windowSamples: seen, timeLagMs },
    sentence: `members changed or the group rebalanced in ${unsettled} of the last ${seen} samples; the oldest message is ${durationText(timeLagMs)} old`,
  };
}

/** The cells of the window that is looked at, as bits. */
export function stormCells(axis: TimeAxis, atMs: number, { storm, sampleIntervalMs }: RuleSettings): number {
  const sinceMs = atMs - storm.windowMs + 0.5 * sampleIntervalMs;
  let bits = 0;
  for (let index = axis.cells.length - 1; index >= 0; index--) {
    const cell = axis.cells[index] ?? 0;
    if ((axis.atMs[cell] ?? 0) < sinceMs) break;
    bits |= 1 << cell;
  }
  return bits;
}

/** Samples of the window in which the members were read, and those of them in which the group was not at rest. */
export function unsettledSamples({ membersReadCells, unsettledCells }: GroupMemory, { stormCells }: GroupInstant) {
  const seen = membersReadCells & stormCells;
  return { seen: bitsOf(seen), unsettled: bitsOf(seen & unsettledCells) };
}

/** How many bits are set. */
function bitsOf(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

const isRising = ({ recentLags }: GroupMemory): boolean => (recentLags.at(-1) ?? 0) > (recentLags[0] ?? 0);
