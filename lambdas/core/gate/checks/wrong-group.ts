import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';

/** Two samples in a row. */
const SAMPLES = 2;

/**
 * The new version reads the same topics in another group: the worst typo of all, for both groups look healthy by
 * themselves while every message is read again, or none is.
 */
export function wrongGroup({ history, handOver, last, start, release }: Evidence): GateReason | null {
  const now = history.strayGroup[last] ?? null;
  const isNewHere = history.strayGroup.slice(0, start).every((group) => group === null);
  const samples = last - history.strayGroup.findLastIndex((group) => group !== now);
  if (now === null || !isNewHere || handOver.newMembers > 0 || samples < SAMPLES) return null;
  return {
    code: 'WRONG_GROUP',
    numbers: { samples, limit: SAMPLES },
    sentence: `members of the new version read this group's topics in "${now}" instead of "${release.group}", seen ${samples} times in a row`,
  };
}
