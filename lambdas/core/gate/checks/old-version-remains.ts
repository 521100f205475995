import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** The hand-over stopped halfway: members of the old version are still there, and nothing has changed for long. */
export function oldVersionRemains({ release, settings, handOver, nowMs, sinceStartMs }: Evidence): GateReason | null {
  if (release.strategy === 'canary' || handOver.joinedMs === null || handOver.oldMembers === 0) return null;
  const stillMs = nowMs - (handOver.lastStepMs ?? release.startedAtMs);
  if (sinceStartMs < settings.handOverMs || stillMs < settings.handOverMs / 2) return null;
  return {
    code: 'OLD_VERSION_REMAINS',
    numbers: { oldMembers: handOver.oldMembers, sinceStartMs, limitMs: settings.handOverMs, stillMs },
    sentence: `${handOver.oldMembers} of the old version are still in the group ${seconds(sinceStartMs)} after the start, limit ${seconds(settings.handOverMs)}, and nothing has changed for ${seconds(stillMs)}`,
  };
}
