import type { Evidence } from '../evidence/evidence.ts';
import { jumpsOf } from '../evidence/jump.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * No backlog disappeared at once after a pause of the new version. Whether it was read quickly or jumped over can't be
 * told, nor whether a broker caused the pause: such a release is not rolled back, and not promoted either. Where the
 * old version's partitions paused as well, the broker did.
 */
export function noUnclearJump(evidence: Evidence): GateReason | null {
  const limitMs = evidence.settings.skipPauseMs;
  const unclear = jumpsOf(evidence).find(
    ({ wasPaused, othersMoved, behindMs }) => wasPaused && othersMoved !== false && behindMs >= limitMs,
  );
  if (unclear === undefined) return null;
  return {
    code: 'PERHAPS_SKIPPED',
    numbers: { behindMs: unclear.behindMs, limitMs },
    sentence: `${trackName(unclear.view.track)} stood still until it was ${seconds(unclear.behindMs)} behind, limit ${seconds(limitMs)}, and was at its end one sample later: read quickly, or jumped over`,
  };
}
