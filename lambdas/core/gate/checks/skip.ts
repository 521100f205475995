import type { Evidence } from '../evidence/evidence.ts';
import { type Jump, jumpsOf } from '../evidence/jump.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * A backlog was gone at once: it was jumped over, not read.
 *
 * Either its member would have had to be several times as fast as any ever was with work all the time, or it stood
 * still before, for longer than anybody pauses: whoever hangs and is at the end a sample later has not read what lay
 * between. A pause alone must be longer where no partitions of the old version show that they did not pause.
 */
export function skip(evidence: Evidence): GateReason | null {
  for (const jump of jumpsOf(evidence)) {
    const found = tooFast(jump, evidence) ?? afterPause(jump, evidence);
    if (found) return found;
  }
  return null;
}

function tooFast({ load, view, behindMs, capacityPerS }: Jump, { settings }: Evidence): GateReason | null {
  // Whoever never had work all the time may be any number of times faster than the traffic.
  if (capacityPerS === null) return null;
  const limitPerS = settings.skipFactor * capacityPerS;
  const { consumedPerS } = load;
  if (consumedPerS <= limitPerS) return null;
  return {
    code: 'SKIP',
    numbers: { consumedPerS, limitPerS, behindMs },
    sentence: `${trackName(view.track)} was ${seconds(behindMs)} behind and at its end one sample later: its member moved ${consumedPerS.toFixed(1)} messages a second, limit ${limitPerS.toFixed(1)}`,
  };
}

function afterPause({ view, behindMs, wasPaused, othersMoved }: Jump, { settings }: Evidence): GateReason | null {
  const limitMs = othersMoved === true ? settings.stallMs : settings.stallTogetherMs;
  if (!wasPaused || behindMs < limitMs) return null;
  return {
    code: 'SKIP',
    numbers: { behindMs, limitMs },
    sentence: `${trackName(view.track)} stood still until it was ${seconds(behindMs)} behind, limit ${seconds(limitMs)}, and was at its end one sample later`,
  };
}
