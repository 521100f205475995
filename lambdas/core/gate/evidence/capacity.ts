import type { Evidence } from './evidence.ts';
import { isSaturated, type MemberLoad, memberLoads } from './member-load.ts';
import { consumedPerS, peakPerS, windowStart } from './rates.ts';

/**
 * What members of the new version handled over each stretch in which they had work all the time and were warm.
 * Such a rate is their capacity; any other is only the traffic.
 */
export function saturatedLoads(evidence: Evidence): MemberLoad[] {
  const { history, settings, start, last, baseline } = evidence;
  const spanMs = Math.max(settings.rateMs, 3 * baseline.cadenceMs);
  const loads: MemberLoad[] = [];
  for (let index = start + 1; index <= last; index++) {
    const from = windowStart(history.atMs, index, spanMs, start);
    if (from === null) continue;
    const there = memberLoads(history, from, index);
    loads.push(...there.filter((load) => isWarm(load, evidence) && hasWork(load, evidence)));
  }
  return loads;
}

/** Had it work all the time? */
export const hasWork = (load: MemberLoad, { settings, baseline }: Evidence): boolean =>
  isSaturated(load, settings, baseline.cadenceMs);

/** Has its member been there for as long as caches and connections take? */
export function isWarm({ member, from }: MemberLoad, { history, settings, isNew, start }: Evidence): boolean {
  const joined = history.members.findIndex((members, index) => index >= start && members?.includes(member));
  return isNew(member) && joined >= 0 && (history.atMs[from] ?? 0) - (history.atMs[joined] ?? 0) >= settings.warmUpMs;
}

/**
 * What the old version is known to have handled in the same place: the least of what its best member kept up, what
 * these partitions got together, and what its members with work all the time do at the same moment. A lower bound of
 * its capacity, so that nobody is called slow for a difference that was never shown. Null: nothing is known.
 */
export function provenPerS({ tracks, from, to }: MemberLoad, evidence: Evidence): number | null {
  const { history, baseline, settings, isNew } = evidence;
  const together = peakPerS(tracks, history, baseline, settings.rateMs);
  if (baseline.memberPeakPerS === null || together === null) return null;
  const now = memberLoads(history, from, to).filter((load) => !isNew(load.member) && hasWork(load, evidence));
  return Math.min(baseline.memberPeakPerS, together, ...now.map((load) => load.consumedPerS));
}

/**
 * The group, all of it of the new version, kept up with the best that it ever did: then it is a weak member's share
 * that is too large. Beside the old version's members this says nothing about the new one.
 */
export function isGroupAsFast({ from, to }: MemberLoad, { history, baseline, settings, controls }: Evidence): boolean {
  const rate = consumedPerS(history.tracks, history.atMs, from, to);
  if (controls.length > 0 || rate === null || baseline.groupPeakPerS === null) return false;
  return rate >= settings.slowerRatio * baseline.groupPeakPerS;
}
