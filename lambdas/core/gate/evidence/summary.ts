import type { EvidenceSummary } from '../judgement.ts';
import type { Evidence } from './evidence.ts';
import { excessMsAt } from './excess.ts';
import { handledMessages, loadSeenRatio } from './load.ts';

/** The evidence in figures. */
export function summaryOf(evidence: Evidence, atMs: number): EvidenceSummary {
  const { handOver, baseline, judged, controls, last, start, nowMs } = evidence;
  const excess = judged.map((view) => excessMsAt(view, last)).filter((excessMs) => excessMs !== null);
  return {
    atMs,
    inPlaceMs: handOver.inPlaceSinceMs === null ? null : nowMs - handOver.inPlaceSinceMs,
    samples: last + 1 - start,
    baselineSamples: baseline.until - baseline.from,
    judgedPartitions: judged.length,
    controlPartitions: controls.length,
    handledMessages: handledMessages(evidence),
    excessTimeLagMs: excess.length === 0 ? null : Math.max(...excess),
    loadSeenRatio: loadSeenRatio(evidence),
  };
}
