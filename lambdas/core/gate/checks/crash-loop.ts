import type { Evidence } from '../evidence/evidence.ts';
import type { RosterEntry } from '../evidence/history.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * Members of the new version come and go: each restart shows as a member id that is gone for good.
 *
 * Counted per place (an instance id, or a client id at a host), and per client id with its usual number of members
 * taken into account, for tasks that come back at another address.
 */
export function crashLoop(evidence: Evidence): GateReason | null {
  const { settings } = evidence;
  const gone = goneRecently(evidence);
  for (const [place, restarts] of countBy(gone, placeOf)) {
    if (restarts >= settings.churnRestarts) return reason(place, restarts, settings.churnRestarts, settings.churnMs);
  }
  for (const [clientId, restarts] of countBy(gone, (entry) => entry.clientId)) {
    const limit = settings.churnRestarts * Math.max(1, mostAtOnce(evidence, clientId));
    if (restarts >= limit) return reason(clientId, restarts, limit, settings.churnMs);
  }
  return null;
}

const placeOf = ({ instanceId, clientId, host }: RosterEntry): string => instanceId ?? `${clientId} at ${host}`;

/** Members of the new version that were last seen within the span, and are not there now. */
function goneRecently({ history, isNew, nowMs, settings, start }: Evidence): RosterEntry[] {
  const lastSeenMs = new Map<number, number>();
  for (let index = start; index < history.atMs.length; index++) {
    for (const member of history.members[index] ?? []) lastSeenMs.set(member, history.atMs[index] ?? 0);
  }
  const present = new Set(history.members.findLast((members) => members !== null) ?? []);
  return [...lastSeenMs].flatMap(([member, seenMs]) => {
    const entry = history.roster[member];
    const isGone = isNew(member) && !present.has(member) && nowMs - seenMs <= settings.churnMs;
    return isGone && entry !== undefined ? [entry] : [];
  });
}

function mostAtOnce({ history, start }: Evidence, clientId: string): number {
  const counts = history.members
    .slice(start)
    .map((members) => members?.filter((member) => history.roster[member]?.clientId === clientId).length ?? 0);
  return Math.max(0, ...counts);
}

function countBy(entries: readonly RosterEntry[], keyOf: (entry: RosterEntry) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
  return counts;
}

const reason = (who: string, restarts: number, limit: number, spanMs: number): GateReason => ({
  code: 'CRASH_LOOP',
  numbers: { restarts, limit, spanMs },
  sentence: `${who} went away ${restarts} times within ${seconds(spanMs)}, limit ${limit}`,
});
