import type { Evidence } from '../evidence/evidence.ts';
import { ageMs, NOBODY, type Track, trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * The committed offset of a partition went back, further than clients do that re-read what they had not committed.
 * One sample is enough, and it counts until the decision: messages were handled twice, whatever happens next.
 */
export function rewind(evidence: Evidence): GateReason | null {
  for (const { track } of evidence.judged) {
    // Once the old version is gone, a rewind is the new one's, even before the new owner is seen.
    const lastOld = track.owner.findLastIndex((seen) => seen !== null && seen !== NOBODY && !evidence.isNew(seen));
    for (let index = Math.max(evidence.start, lastOld + 1); index <= evidence.last; index++) {
      const found = rewindAt(track, index, evidence);
      if (found) return found;
    }
  }
  return null;
}

function rewindAt(track: Track, index: number, { settings }: Evidence): GateReason | null {
  const toOffset = track.committed[index] ?? null;
  const fromOffset = track.committed.slice(0, index).findLast((offset) => offset !== null) ?? null;
  if (toOffset === null || fromOffset === null || toOffset >= fromOffset) return null;
  const messages = fromOffset - toOffset;
  // Coming back from a commit beyond the end re-reads nothing of what was not written yet.
  const writtenOffset = Math.min(fromOffset, track.logEnd[index] ?? fromOffset);
  const rewoundMs = (ageMs(track.ends, toOffset) ?? 0) - (ageMs(track.ends, writtenOffset) ?? 0);
  if (rewoundMs < settings.rewindMs || messages < settings.rewindMessages) return null;
  return {
    code: 'REWIND',
    numbers: { rewoundMs, limitMs: settings.rewindMs, messages, fromOffset, toOffset },
    sentence: `${trackName(track)} went back from offset ${fromOffset} to ${toOffset}: ${messages} messages of ${seconds(rewoundMs)} are read again, limit ${seconds(settings.rewindMs)}`,
  };
}
