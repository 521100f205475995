import type { Evidence } from '../evidence/evidence.ts';
import { handledMessages, loadSeenRatio } from '../evidence/load.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';
import { isCapacityTested } from './load-seen.ts';

/** What speaks for a promotion, and what was not looked at: a PROMOTE must not promise more than was seen. */
export function shown(evidence: Evidence): GateReason[] {
  const { handOver, nowMs, judged, settings, controls, start, last } = evidence;
  const inPlaceMs = nowMs - (handOver.inPlaceSinceMs ?? nowMs);
  const messages = handledMessages(evidence);
  const ratio = loadSeenRatio(evidence) ?? 0;
  const reasons: GateReason[] = [
    {
      code: 'NO_WORSE',
      numbers: {
        inPlaceMs,
        messages,
        partitions: judged.length,
        samples: last + 1 - start,
        marginMs: settings.passMarginMs,
      },
      sentence: `in place for ${seconds(inPlaceMs)}, ${messages} messages handled on ${judged.length} partitions, time lag within ${seconds(settings.passMarginMs)} of the usual`,
    },
    isCapacityTested(evidence)
      ? {
          code: 'CAPACITY_TESTED',
          numbers: { loadSeenRatio: ratio },
          sentence: `it met ${percent(ratio)} of the highest load known from before`,
        }
      : {
          code: 'CAPACITY_NOT_TESTED',
          numbers: { loadSeenRatio: ratio },
          sentence: `capacity not tested: it met ${percent(ratio)} of the highest load known from before`,
        },
  ];
  if (controls.length === 0) reasons.push(NO_CONTROLS);
  return [...reasons, NOT_VISIBLE];
}

const percent = (ratio: number): string => `${Math.round(100 * ratio)} %`;

const NO_CONTROLS: GateReason = {
  code: 'NO_CONTROLS',
  numbers: {},
  sentence:
    'nothing of the old version was left to compare with: judged by the past alone, and what else changed at the same time is not told apart',
};

/** docs/gate.md tells how to cover each of these. */
export const NOT_VISIBLE: GateReason = {
  code: 'NOT_VISIBLE',
  numbers: {},
  sentence:
    'offsets do not show wrong results, errors that are swallowed, commits before the work is done, duplicates further down, or time spent inside a handler',
};
