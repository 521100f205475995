import { type GroupMemory, isAway } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { usualAbsenceMs, wasCutOff } from '../learn/attendance.ts';
import { isHeldBack } from '../observe/observe-cluster.ts';
import type { PartitionMemory } from '../partition-memory.ts';

/**
 * How long nothing may move in a partition although work waits, and what that rests on. The sure ones are knowledge;
 * the others are waiting for knowledge, and a partition that lasts on them is UNKNOWN rather than fine.
 */
export interface Tolerance {
  readonly ms: number;
  readonly because:
    | 'usual'
    | 'usualAbsence'
    | 'nobodyThere'
    | 'unowned'
    | 'commitsVanished'
    | 'rebalancing'
    | 'rhythmUnknown'
    | 'jobOrGone'
    | 'clusterWide'
    | 'logFrozen';
}

/** Reasons to wait that are lack of evidence. */
export const UNSURE: ReadonlySet<Tolerance['because']> = new Set([
  'rhythmUnknown',
  'jobOrGone',
  'clusterWide',
  'logFrozen',
]);

/** The first that fits. */
export function toleranceOf(p: PartitionMemory, instant: GroupInstant): Tolerance {
  const { group, settings, atMs } = instant;
  const { noProgress, clusterWide } = settings;
  if (!Number.isNaN(p.vanishedAtMs)) return { ms: noProgress.unownedMs, because: 'commitsVanished' };
  if (isAway(group)) return absenceTolerance(group, instant);
  const usual = cadenceTolerance(group, instant);
  const settles = atMs - group.membersChangedAtMs < noProgress.settleMs;
  // Nobody reads it, whatever the cluster suffers from.
  if (p.owner === null && group.members.size > 0 && !settles) return { ms: noProgress.unownedMs, because: 'unowned' };
  if (isHeldBack(group, instant)) return { ms: Math.max(usual.ms, clusterWide.holdMs), because: 'clusterWide' };
  if (isFrozen(p, instant)) return { ms: Math.max(usual.ms, noProgress.frozenLogMs), because: 'logFrozen' };
  if (settles) return { ms: Math.max(usual.ms, noProgress.rebalancingMs), because: 'rebalancing' };
  return usual;
}

function absenceTolerance(group: GroupMemory, instant: GroupInstant): Tolerance {
  const { noProgress, attendance } = instant.settings;
  const usualMs = usualAbsenceMs(group, instant);
  if (usualMs !== null && usualMs > noProgress.absentMs) return { ms: usualMs, because: 'usualAbsence' };
  const mustBeThere = group.attendance.resident || wasCutOff(group, instant);
  if (mustBeThere || usualMs !== null) return { ms: noProgress.absentMs, because: 'nobodyThere' };
  return { ms: attendance.unlearntMs, because: 'jobOrGone' };
}

/**
 * The usual wait, half as long again, and a minute and a half; a fifth is enough where waits have an upper bound, as
 * with a timer. More where only little was seen of the group yet, unless its owners say what its cadence is.
 */
function cadenceTolerance({ cadence }: GroupMemory, { settings, objectives }: GroupInstant): Tolerance {
  const { factor, boundedFactor, extraMs, fewSamples } = settings.cadence;
  const { stalledMs, unlearntMs } = settings.noProgress;
  const learntMs = cadence.usualMs > 0 ? (cadence.bounded ? boundedFactor : factor) * cadence.usualMs + extraMs : 0;
  const room = objectives.cadenceMs === null ? 1 + fewSamples / cadence.samples : 1;
  const ms = room * Math.max(stalledMs, learntMs);
  return ms < unlearntMs || objectives.cadenceMs !== null
    ? { ms, because: 'usual' }
    : { ms: Math.max(unlearntMs, learntMs), because: 'rhythmUnknown' };
}

/** A busy log that stands still since its consumer does: its broker is in trouble, not the consumer. */
function isFrozen({ log, lastAdvanceAtMs }: PartitionMemory, { settings }: GroupInstant): boolean {
  return (
    log.quietSamples >= settings.noProgress.samplesMin &&
    log.busySamples >= settings.noProgress.frozenLogSamples &&
    Math.abs(log.endMovedAtMs - lastAdvanceAtMs) <= settings.resting.markerMs
  );
}
