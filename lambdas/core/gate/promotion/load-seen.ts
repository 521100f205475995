import { hasWork, isWarm, provenPerS } from '../evidence/capacity.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { loadSeenRatio } from '../evidence/load.ts';
import { type MemberLoad, memberLoads, movedThroughout } from '../evidence/member-load.ts';
import { windowStart } from '../evidence/rates.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';
import type { GateSettings } from '../settings.ts';

/**
 * The new version has shown that it can do a good part of the work that is known to come, or it was waited for long
 * enough. That does not help one that was seen to be slow without an excuse. A release at a quiet time can't be tested; that is said then, not hidden.
 */
export function loadSeen(evidence: Evidence): GateReason | null {
  const { release, settings, sinceStartMs } = evidence;
  const doubt = doubtOf(evidence);
  if (doubt === 'none' && isCapacityTested(evidence)) return null;
  const waitMs = WAIT_RATIO[doubt](settings) * release.deadlineMs;
  if (doubt !== 'warm' && sinceStartMs >= waitMs) return null;
  const ratio = loadSeenRatio(evidence) ?? 0;
  return {
    code: doubt === 'none' ? 'CAPACITY_NOT_TESTED' : 'CAPACITY_DOUBTFUL',
    numbers: { loadSeenRatio: ratio, wantedRatio: settings.testedRatio, sinceStartMs, waitMs },
    sentence: `${
      doubt === 'none'
        ? `the new version has seen ${percent(ratio)} of the load known from before, wanted ${percent(settings.testedRatio)}`
        : `with work waiting${doubt === 'warm' ? ' and caches warm' : ''}, the new version once handled clearly less than the old one could, and has not handled ${percent(CLEARED)} of that since`
    }; waiting until ${seconds(waitMs)} after the start`,
  };
}

/** Shares of the deadline. What was slow when it was warm is not promoted before it has shown that it can do more. */
const WAIT_RATIO: Record<Doubt, (settings: GateSettings) => number> = {
  none: ({ untestedWaitRatio }) => untestedWaitRatio,
  'perhaps-cold': ({ doubtWaitRatio }) => doubtWaitRatio,
  warm: () => 1,
};

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

type Doubt = 'none' | 'perhaps-cold' | 'warm';

/** The worst that was seen since the last time that a member did what it shall. */
function doubtOf(evidence: Evidence): Doubt {
  const { start, last } = evidence;
  let doubt: Doubt = 'none';
  for (let index = start + 1; index <= last; index++) {
    const shares = sharesAt(index, evidence);
    const slow = shares.filter(({ share, isBusy }) => isBusy && share < DOUBT);
    if (slow.some(({ load }) => isWarm(load, evidence) && movedThroughout(load))) doubt = 'warm';
    else if (slow.length > 0 && doubt === 'none') doubt = 'perhaps-cold';
    else if (slow.length === 0 && shares.some(({ share }) => share >= CLEARED)) doubt = 'none';
  }
  return doubt;
}

interface Share {
  readonly load: MemberLoad;
  /** What it handled of what is proven for its place. */
  readonly share: number;
  /** It had work all the time. */
  readonly isBusy: boolean;
}

/** Of each new member. */
function sharesAt(index: number, evidence: Evidence): Share[] {
  const { history, settings, start, isNew } = evidence;
  const from = windowStart(history.atMs, index, 0.75 * settings.gridMs, start);
  const loads = from === null ? [] : memberLoads(history, from, index).filter(({ member }) => isNew(member));
  return loads.flatMap((load) => {
    const proven = provenPerS(load, evidence);
    return proven === null ? [] : [{ load, share: load.consumedPerS / proven, isBusy: hasWork(load, evidence) }];
  });
}
