import type { Evidence } from '../evidence/evidence.ts';
import type { History } from '../evidence/history.ts';
import { NOBODY, type Track, trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * A partition with new messages belongs to nobody, in a group that says it is stable. While members come and go, a
 * cooperative group says so as well, and hands partitions over one step after the other: it counts from the last
 * change of members.
 */
export function partitionUnowned(evidence: Evidence): GateReason | null {
  const { history, settings, handOver, nowMs } = evidence;
  if (handOver.ownedMs === null) return null;
  for (const track of history.tracks) {
    const since = unownedSince(track, evidence);
    const unownedMs = since === null ? 0 : nowMs - (history.atMs[since] ?? nowMs);
    const waitingMessages = waitingFor(track);
    if (unownedMs < settings.unownedMs || waitingMessages <= 0) continue;
    return {
      code: 'PARTITION_UNOWNED',
      numbers: { unownedMs, limitMs: settings.unownedMs, waitingMessages },
      sentence: `nobody has owned ${trackName(track)} for ${seconds(unownedMs)}, limit ${seconds(settings.unownedMs)}; ${waitingMessages} messages wait`,
    };
  }
  return null;
}

/** First sample of the run up to now in which nobody owned it, the group was stable, and its position stood still. */
function unownedSince(track: Track, { history, start, last }: Evidence): number | null {
  const position = positionOf(track);
  const members = namesAt(history, last);
  let since: number | null = null;
  for (let index = last; index >= start; index--) {
    const hasMoved = (track.committed[index] ?? position) !== position;
    const isAsNow = history.state[index] === 'Stable' && namesAt(history, index) === members;
    if (track.owner[index] !== NOBODY || !isAsNow || hasMoved) break;
    since = index;
  }
  return since;
}

/** The members of a sample, in one order, so that two samples can be compared. */
const namesAt = ({ members }: History, index: number): string =>
  (members[index] ?? []).toSorted((a, b) => a - b).join(' ');

const positionOf = ({ committed }: Track): number | null => committed.findLast((offset) => offset !== null) ?? null;

function waitingFor(track: Track): number {
  const end = track.logEnd.findLast((offset) => offset !== null) ?? 0;
  return end - (positionOf(track) ?? track.ends.logEndOffset[0] ?? end);
}
