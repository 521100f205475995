import type { Evidence } from '../evidence/evidence.ts';
import { NOBODY, type Track, trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** A partition with new messages belongs to nobody, in a group that says it is stable. */
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
function unownedSince(track: Track, { history, start }: Evidence): number | null {
  const position = positionOf(track);
  let since: number | null = null;
  for (let index = track.owner.length - 1; index >= start; index--) {
    const hasMoved = (track.committed[index] ?? position) !== position;
    if (track.owner[index] !== NOBODY || history.state[index] !== 'Stable' || hasMoved) break;
    since = index;
  }
  return since;
}

const positionOf = ({ committed }: Track): number | null => committed.findLast((offset) => offset !== null) ?? null;

function waitingFor(track: Track): number {
  const end = track.logEnd.findLast((offset) => offset !== null) ?? 0;
  return end - (positionOf(track) ?? track.ends.logEndOffset[0] ?? end);
}
