import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** The new version's members never came: credentials, ACL, a crash at start, a selector that fits nobody. */
export function neverJoined({ settings, handOver, sinceStartMs }: Evidence): GateReason | null {
  if (handOver.joinedMs !== null || sinceStartMs < settings.joinMs) return null;
  return {
    code: 'NEVER_JOINED',
    numbers: { waitedMs: sinceStartMs, limitMs: settings.joinMs },
    sentence: `no member of the new version was seen for ${seconds(sinceStartMs)}, limit ${seconds(settings.joinMs)}`,
  };
}
