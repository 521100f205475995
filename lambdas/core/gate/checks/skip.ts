import type { Evidence } from '../evidence/evidence.ts';
import { type Jump, jumpsOf } from '../evidence/jump.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * A backlog was gone at once: it was jumped over, not read.
 *
 * Either faster than this group could ever read, or after a pause too long for a broker's: whoever hangs and is at the
 * end a sample later has not read what lay between. A shorter pause will do where the old version's partitions moved.
 */
export function skip(evidence: Evidence): GateReason | null {
  for (const jump of jumpsOf(evidence)) {
    const found = tooFast(jump, evidence) ?? afterPause(jump, evidence);
    if (found) return found;
  }
  return null;
}

function tooFast({ load, view, behindMs, fastestPerS }: Jump, { settings }: Evidence): GateReason | null {
  const limitPerS = settings.skipFactor * fastestPerS;
  const { consumedPerS } = load;
  if (limitPerS === 0 || consumedPerS <= limitPerS) return null;
  return {
    code: 'SKIP',
    numbers: { consumedPerS, limitPerS, behindMs },
    sentence: `${trackName(view.track)} was ${seconds(behindMs)} behind and at its end one sample later: its member moved ${consumedPerS.toFixed(1)} messages a second, limit ${limitPerS.toFixed(1)}`,
  };
}

function afterPause({ view, behindMs, wasPaused, othersMoved }: Jump, { settings }: Evidence): GateReason | null {
  const limitMs = othersMoved === true ? settings.skipPauseMs : settings.stallTogetherMs;
  if (!wasPaused || behindMs < limitMs) return null;
  return {
    code: 'SKIP',
    numbers: { behindMs, limitMs },
    sentence: `${trackName(view.track)} stood still until it was ${seconds(behindMs)} behind, limit ${seconds(limitMs)}, and was at its end one sample later`,
  };
}
