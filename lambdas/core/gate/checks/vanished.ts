import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** The new version owned partitions, and all of it is gone. */
export function vanished({ settings, handOver, history, isNew, nowMs }: Evidence): GateReason | null {
  if (handOver.ownedMs === null || handOver.newMembers > 0) return null;
  const lastSeen = history.members.findLastIndex((members) => members?.some(isNew));
  const missedMs = nowMs - (history.atMs[lastSeen] ?? nowMs);
  if (missedMs < settings.goneMs) return null;
  return {
    code: 'VANISHED',
    numbers: { missedMs, limitMs: settings.goneMs },
    sentence: `the new version owned partitions, and no member of it was seen for ${seconds(missedMs)}, limit ${seconds(settings.goneMs)}`,
  };
}
