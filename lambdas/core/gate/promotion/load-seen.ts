import { hasWork, provenPerS } from '../evidence/capacity.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { loadSeenRatio } from '../evidence/load.ts';
import { memberLoads } from '../evidence/member-load.ts';
import { windowStart } from '../evidence/rates.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * The new version has shown that it can do a good part of the work that is known to come, or it was waited for long
 * enough. A release at a quiet time can't be tested; that is said then, not hidden.
 */
export function loadSeen(evidence: Evidence): GateReason | null {
  const { release, settings, sinceStartMs } = evidence;
  const isDoubtful = isCapacityDoubtful(evidence);
  if (!isDoubtful && isCapacityTested(evidence)) return null;
  const waitMs = (isDoubtful ? settings.doubtWaitRatio : settings.untestedWaitRatio) * release.deadlineMs;
  if (sinceStartMs >= waitMs) return null;
  const ratio = loadSeenRatio(evidence) ?? 0;
  return {
    code: isDoubtful ? 'CAPACITY_DOUBTFUL' : 'CAPACITY_NOT_TESTED',
    numbers: { loadSeenRatio: ratio, wantedRatio: settings.testedRatio, sinceStartMs, waitMs },
    sentence: `${
      isDoubtful
        ? 'with work waiting, the new version once handled clearly less than the old one could'
        : `the new version has seen ${percent(ratio)} of the load known from before, wanted ${percent(settings.testedRatio)}`
    }; waiting until ${seconds(waitMs)} after the start`,
  };
}

/** It met enough of the known load; or there is none to speak of: a trickle is no load. */
export function isCapacityTested(evidence: Evidence): boolean {
  const { baseline, settings } = evidence;
  const ratio = loadSeenRatio(evidence);
  const peakMessages = ((baseline.groupPeakPerS ?? Number.POSITIVE_INFINITY) * settings.rateMs) / 1_000;
  return peakMessages < settings.messages || (ratio !== null && ratio >= settings.testedRatio);
}

const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`;

/** A member with work waiting that did less than this share of what is proven may be slow, or just cold. */
const DOUBT = 0.6;
/** One that did this much later on is not slow. */
const CLEARED = 0.8;

function isCapacityDoubtful(evidence: Evidence): boolean {
  const { start, last } = evidence;
  let isDoubtful = false;
  for (let index = start + 1; index <= last; index++) {
    const shares = sharesAt(index, evidence);
    if (shares.some(({ share, isBusy }) => isBusy && share < DOUBT)) isDoubtful = true;
    else if (shares.some(({ share }) => share >= CLEARED)) isDoubtful = false;
  }
  return isDoubtful;
}

/** What each new member handled of what is proven for its place, and whether it had work all the time. */
function sharesAt(index: number, evidence: Evidence): { readonly share: number; readonly isBusy: boolean }[] {
  const { history, settings, start, isNew } = evidence;
  const from = windowStart(history.atMs, index, 0.75 * settings.gridMs, start);
  const loads = from === null ? [] : memberLoads(history, from, index).filter(({ member }) => isNew(member));
  return loads.flatMap((load) => {
    const proven = provenPerS(load, evidence);
    return proven === null ? [] : [{ share: load.consumedPerS / proven, isBusy: hasWork(load, evidence) }];
  });
}
