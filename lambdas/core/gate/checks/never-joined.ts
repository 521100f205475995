import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * The new version's members never came: credentials, ACL, a crash at start, a selector that fits nobody. A group whose
 * consumers assign partitions to themselves never has members, and says nothing by that.
 */
export function neverJoined({ settings, handOver, history, sinceStartMs }: Evidence): GateReason | null {
  const hasMembers = history.roster.length > 0;
  if (!hasMembers || handOver.joinedMs !== null || sinceStartMs < settings.joinMs) return null;
  return {
    code: 'NEVER_JOINED',
    numbers: { waitedMs: sinceStartMs, limitMs: settings.joinMs },
    sentence: `no member of the new version was seen for ${seconds(sinceStartMs)}, limit ${seconds(settings.joinMs)}`,
  };
}
