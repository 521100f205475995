import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** Waiting may take no larger share of the deadline, so that a short one leaves a chance. */
const DEADLINE_RATIO = 0.55;

/** The new version has owned everything that it shall own, for long enough to have failed late. */
export function inPlace({ release, settings, handOver, nowMs, sinceStartMs }: Evidence): GateReason | null {
  const longestMs = DEADLINE_RATIO * release.deadlineMs;
  const limitMs = Math.min(settings.inPlaceMs, longestMs);
  const promoteMs = Math.min(settings.promoteMs, longestMs);
  const { inPlaceSinceMs, oldMembers, newMembers } = handOver;
  const inPlaceMs = inPlaceSinceMs === null ? 0 : nowMs - inPlaceSinceMs;
  if (inPlaceMs >= limitMs && sinceStartMs >= promoteMs) return null;
  return {
    code: inPlaceSinceMs === null ? 'NOT_IN_PLACE' : 'NOT_LONG_IN_PLACE',
    numbers: { inPlaceMs, limitMs, sinceStartMs, promoteMs, oldMembers, newMembers },
    sentence:
      inPlaceSinceMs === null
        ? `the hand-over is not complete: ${oldMembers} members of the old version, ${newMembers} of the new`
        : `in place for ${seconds(inPlaceMs)} of ${seconds(limitMs)}, ${seconds(sinceStartMs)} of ${seconds(promoteMs)} after the start`,
  };
}
