import type { Pace } from '../../cli/readings.ts';
import { T0_MS } from './snapshots.ts';

/** A clock that only moves when somebody sleeps, and then at once. */
export function aPace(wakeEarlyMs = 0): Pace & { advance(ms: number): void } {
  let nowMs = T0_MS;
  return {
    nowMs: () => nowMs,
    advance: (ms) => {
      nowMs += ms;
    },
    sleep: async (ms) => {
      nowMs += Math.max(0, ms - wakeEarlyMs);
    },
  };
}
