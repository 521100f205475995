import { durationText } from '../../../quantity.ts';
import type { Reason } from '../../verdict.ts';
import { type GroupMemory, oldestMsOf, wasUnsettled } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';

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

/** Samples of the window in which the members were read, and those of them in which the group was not at rest. */
export function unsettledSamples(group: GroupMemory, { memory, atMs, settings }: GroupInstant) {
  const sinceMs = atMs - settings.storm.windowMs + 0.5 * settings.sampleIntervalMs;
  let seen = 0;
  let unsettled = 0;
  for (let index = memory.axis.cells.length - 1; index >= 0; index--) {
    const cell = memory.axis.cells[index] ?? 0;
    if ((memory.axis.atMs[cell] ?? 0) < sinceMs) break;
    const wasOne = wasUnsettled(group, cell);
    if (wasOne === null) continue;
    seen += 1;
    if (wasOne) unsettled += 1;
  }
  return { seen, unsettled };
}

const isRising = ({ recentLags }: GroupMemory): boolean => (recentLags.at(-1) ?? 0) > (recentLags[0] ?? 0);
