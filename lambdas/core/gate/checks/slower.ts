import { isGroupAsFast, provenPerS, saturatedLoads } from '../evidence/capacity.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { MemberLoad } from '../evidence/member-load.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** One window can be unlucky. */
const WINDOWS = 2;

/**
 * A member of the new version has work all the time and still handles less than the old version is known to have
 * handled: its capacity fell. A burst does not look like this: under one the new version is at least as fast.
 */
export function slower(evidence: Evidence): GateReason | null {
  const loads = saturatedLoads(evidence);
  for (const member of new Set(loads.map((load) => load.member))) {
    const found = slowMember(
      loads.filter((load) => load.member === member),
      evidence,
    );
    if (found) return found;
  }
  return null;
}

function slowMember(loads: readonly MemberLoad[], evidence: Evidence): GateReason | null {
  const { settings, last, history } = evidence;
  const best = loads.reduce((a, b) => (b.consumedPerS > a.consumedPerS ? b : a));
  const proven = provenPerS(best, evidence);
  const behind = best.tracks.find((track) => (track.timeLagMs[last] ?? 0) >= settings.saturatedMs);
  if (loads.length < WINDOWS || behind === undefined || proven === null) return null;
  if (best.consumedPerS >= settings.slowerRatio * proven || isGroupAsFast(best, evidence)) return null;
  const timeLagMs = behind.timeLagMs[last] ?? 0;
  const { consumedPerS } = best;
  const who = history.roster[best.member]?.clientId ?? '';
  return {
    code: 'SLOWER',
    numbers: {
      consumedPerS,
      provenPerS: proven,
      ratio: consumedPerS / proven,
      limitRatio: settings.slowerRatio,
      timeLagMs,
    },
    sentence: `with work waiting all the time, ${who} handled ${consumedPerS.toFixed(1)} messages a second where the old version handled ${proven.toFixed(1)}, limit ${settings.slowerRatio} of it; ${trackName(behind)} is ${seconds(timeLagMs)} behind`,
  };
}
