import type { HistoryRange, HistoryStore } from '../core/ports/history-store.ts';
import { isScheduled } from '../core/release/closer-slots.ts';

/**
 * The history as the rules see it: their windows count samples, so closer readings, which are taken while a release is
 * open, must not hasten them.
 */
export function scheduledSamples(history: HistoryStore, sampleIntervalMsOf: (cluster: string) => number): HistoryStore {
  return {
    ...history,
    async *read(range: HistoryRange) {
      const intervalMs = sampleIntervalMsOf(range.cluster);
      for await (const sample of history.read(range)) if (isScheduled(sample.slotMs, intervalMs)) yield sample;
    },
  };
}
