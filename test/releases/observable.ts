import type { Fault, Scenario } from './scenario.ts';
import { type SimulatedRelease, simulateRelease } from './simulate-release.ts';

/** Less than this much production cannot be seen by whoever looks once a minute. */
const VISIBLE_S = 75;

/** These show in what is committed or not at all; all others change what the group looks like. */
const ONLY_IN_PROGRESS: readonly Fault[] = ['slow50', 'slow20', 'no-recovery', 'slow-topic', 'delayed-slow', 'skip'];

/** Whether anybody could have seen the fault before the deadline: it is compared with the same release without it. */
export function isObservable(scenario: Scenario, faulty: SimulatedRelease): boolean {
  if (scenario.fault === null || !ONLY_IN_PROGRESS.includes(scenario.fault)) return true;
  const healthy = simulateRelease({ ...scenario, fault: null });
  return faulty.progress.some(({ atS, committed }, index) => {
    if (atS < 0 || atS * 1_000 > faulty.release.deadlineMs) return false;
    const other = healthy.progress[index]?.committed ?? [];
    return committed.some((offset, partition) => {
      const visible = Math.max(3, VISIBLE_S * (faulty.producedPerS[partition] ?? 0));
      return Math.abs(offset - (other[partition] ?? offset)) > visible;
    });
  });
}
