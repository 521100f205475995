import type { Evidence } from '../evidence/evidence.ts';
import type { RosterEntry } from '../evidence/history.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * Members of the new version come and go: each restart shows as a member id that is gone for good.
 *
 * Counted per place (an instance id, or a client id at a host), and over all of them: more are gone than were ever
 * there at once. Each may rejoin once, after a rebalance that took too long for it; that is no loop.
 */
export function crashLoop(evidence: Evidence): GateReason | null {
  const { churnRestarts, churnMs } = evidence.settings;
  const gone = goneRecently(evidence);
  for (const [place, restarts] of countBy(gone, placeOf)) {
    if (restarts >= churnRestarts) return reason(place, restarts, churnRestarts, churnMs);
  }
  const limit = Math.max(churnRestarts, mostAtOnce(evidence) + 1);
  return gone.length >= limit ? reason('members of the new version', gone.length, limit, churnMs) : null;
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

const mostAtOnce = ({ history, isNew }: Evidence): number =>
  Math.max(0, ...history.members.map((members) => members?.filter(isNew).length ?? 0));

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
