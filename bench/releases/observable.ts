import type { Fault, Scenario } from './scenario.ts';
import { type SimulatedRelease, simulateRelease } from './simulate-release.ts';

/** Less than this much production can't be seen by whoever looks once a minute. */
const VISIBLE_S = 75;
const MESSAGES = 3;

/** These show in what is committed or not at all; all others change what the group looks like. */
const ONLY_IN_PROGRESS: readonly Fault[] = [
  'slow50',
  'slow20',
  'no-recovery',
  'slow-topic',
  'delayed',
  'rewind',
  'skip',
];

/**
 * Minutes after the start at which anybody could have seen the fault: then a partition differs from the same release
 * without the fault. Null: not before the deadline. 0 for faults that change what the group looks like.
 */
export function visibleAtMinutes(scenario: Scenario, faulty: SimulatedRelease): number | null {
  if (scenario.fault === null || !ONLY_IN_PROGRESS.includes(scenario.fault)) return 0;
  const healthy = simulateRelease({ ...scenario, fault: null });
  const seen = faulty.progress.find(({ atS, committed }, index) => {
    if (atS < 0 || atS * 1_000 > faulty.release.deadlineMs) return false;
    const other = healthy.progress[index]?.committed ?? [];
    return committed.some((offset, partition) => {
      const visible = Math.max(MESSAGES, VISIBLE_S * (faulty.producedPerS[partition] ?? 0));
      return Math.abs(offset - (other[partition] ?? offset)) > visible;
    });
  });
  return seen === undefined ? null : seen.atS / 60;
}
