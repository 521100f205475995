import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** The new version joined but was given no partition: more members than partitions, or assignors that don't agree. */
export function ownsNothing({ settings, handOver, nowMs }: Evidence): GateReason | null {
  if (handOver.joinedMs === null || handOver.ownedMs !== null) return null;
  const waitedMs = nowMs - handOver.joinedMs;
  if (waitedMs < settings.joinMs) return null;
  return {
    code: 'OWNS_NOTHING',
    numbers: { waitedMs, limitMs: settings.joinMs },
    sentence: `the new version has been in the group for ${seconds(waitedMs)} without a partition, limit ${seconds(settings.joinMs)}`,
  };
}
