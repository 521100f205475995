import type { Evidence, PartitionView } from '../evidence/evidence.ts';
import { producedBetween, spanOf } from '../evidence/rates.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';

/** The new version commits offsets that were not written yet: it will skip them once they are. Twice in a row. */
export function beyondEnd(evidence: Evidence): GateReason | null {
  const { judged, last, start } = evidence;
  if (last <= start) return null;
  for (const view of judged) {
    const aheadMessages = Math.min(aheadAt(view, last), aheadAt(view, last - 1));
    const limitMessages = raceLimit(view, evidence);
    if (aheadMessages <= limitMessages) continue;
    return {
      code: 'BEYOND_END',
      numbers: { aheadMessages, limitMessages },
      sentence: `${trackName(view.track)} is committed ${aheadMessages} messages beyond its end, limit ${limitMessages}`,
    };
  }
  return null;
}

function aheadAt({ track }: PartitionView, index: number): number {
  const end = track.logEnd[index] ?? null;
  const committed = track.committed[index] ?? null;
  return end === null || committed === null ? 0 : committed - end;
}

/** Two readings race: what is written between them, at the highest rate known or the present one, is forgiven. */
function raceLimit({ track, usual }: PartitionView, { settings, history, last }: Evidence): number {
  const written = producedBetween(track, last - 1, last) ?? 0;
  const nowPerS = (written * 1_000) / spanOf(history.atMs, last - 1, last);
  const perS = Math.max(usual.peakPerS, usual.producedPerS, nowPerS);
  return Math.round(Math.max(settings.beyondEndMessages, (settings.beyondEndMs / 1_000) * perS));
}
