import type { Evidence } from '../evidence/evidence.ts';
import { handledMessages } from '../evidence/load.ts';
import type { GateReason } from '../judgement.ts';

/** The new version has handled enough messages to have met what there is to meet. Silence is not success. */
export function handledEnough(evidence: Evidence): GateReason | null {
  const { release, settings, sinceStartMs } = evidence;
  const isLate = sinceStartMs >= settings.lateRatio * release.deadlineMs;
  const wanted = isLate ? settings.fewMessages : settings.messages;
  const messages = handledMessages(evidence);
  if (messages >= wanted) return null;
  return {
    code: 'TOO_LITTLE_TRAFFIC',
    numbers: { messages, wanted },
    sentence: `the new version has handled ${messages} messages, wanted ${wanted}`,
  };
}
