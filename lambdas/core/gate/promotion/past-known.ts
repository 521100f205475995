import type { Evidence } from '../evidence/evidence.ts';
import type { GateReason } from '../judgement.ts';

/** There is a past to compare with. */
export function pastKnown({ baseline, settings }: Evidence): GateReason | null {
  const samples = baseline.until - baseline.from;
  if (samples >= settings.baselineSamples) return null;
  return {
    code: 'PAST_UNKNOWN',
    numbers: { samples, wanted: settings.baselineSamples },
    sentence: `the group was seen ${samples} times before the start, wanted ${settings.baselineSamples}: what is usual for it is not known`,
  };
}
