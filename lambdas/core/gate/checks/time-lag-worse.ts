import { provenPerS, saturatedLoads } from '../evidence/capacity.ts';
import type { Evidence, PartitionView } from '../evidence/evidence.ts';
import { excessMsAt, hasCommonCause, isFallingBehind } from '../evidence/excess.ts';
import { lagTest } from '../evidence/lag-test.ts';
import { isMoreLoadThanEver } from '../evidence/load.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * The new version's time lag is worse than its past and than the controls' by more than chance explains, and by enough
 * to matter. Both must hold in the same window: significance without harm rolls nothing back, and a spike neither.
 */
export function timeLagWorse(evidence: Evidence): GateReason | null {
  const harmed = worstFallingBehind(evidence);
  if (harmed === null || hasCommonCause(harmed.excessMs, evidence) || isLoad(harmed.view, evidence)) return null;
  const test = lagTest(evidence);
  if (test === null || test.logWealth < test.logLimit) return null;
  const limitMs = evidence.settings.failMarginMs;
  return {
    code: 'TIME_LAG_WORSE',
    numbers: { excessTimeLagMs: harmed.excessMs, limitMs, ...test },
    sentence: `${trackName(harmed.view.track)} is ${seconds(harmed.excessMs)} further behind than usual, limit ${seconds(limitMs)}, and does not catch up; evidence e^${test.logWealth.toFixed(1)}, limit e^${test.logLimit.toFixed(1)}, over ${test.windows} windows`,
  };
}

function worstFallingBehind(evidence: Evidence): { view: PartitionView; excessMs: number } | null {
  const behind = evidence.judged
    .filter((view) => isFallingBehind(view, evidence))
    .map((view) => ({ view, excessMs: excessMsAt(view, evidence.last) ?? 0 }))
    .toSorted((a, b) => b.excessMs - a.excessMs);
  return behind[0] ?? null;
}

/** More comes in than ever, or its member, with work all the time, is as fast as the old ones were. */
function isLoad({ track }: PartitionView, evidence: Evidence): boolean {
  if (isMoreLoadThanEver(evidence)) return true;
  return saturatedLoads(evidence).some((load) => {
    const proven = load.tracks.includes(track) ? provenPerS(load, evidence) : null;
    return proven !== null && load.consumedPerS >= evidence.settings.slowerRatio * proven;
  });
}
