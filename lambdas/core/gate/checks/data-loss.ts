import type { Evidence, PartitionView } from '../evidence/evidence.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';

/** Retention deleted messages that the new version had not read yet. What was lost before the start is not its doing. */
export function dataLoss({ judged, last, start }: Evidence): GateReason | null {
  for (const view of judged) {
    const lostMessages = lostAt(view, last);
    if (lostMessages <= view.usual.restingMessages || lostAt(view, start - 1) > 0) continue;
    const committedOffset = view.track.committed[last] ?? 0;
    const logStartOffset = view.track.logStart[last] ?? 0;
    return {
      code: 'DATA_LOSS',
      numbers: { lostMessages, committedOffset, logStartOffset },
      sentence: `retention deleted ${lostMessages} messages of ${trackName(view.track)} before they were read: its log starts at ${logStartOffset}, the group stands at ${committedOffset}`,
    };
  }
  return null;
}

function lostAt({ track }: PartitionView, index: number): number {
  const start = track.logStart[index] ?? null;
  const committed = track.committed[index] ?? null;
  return start === null || committed === null ? 0 : Math.max(0, start - committed);
}
