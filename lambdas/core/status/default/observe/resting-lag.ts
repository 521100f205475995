import type { GroupInstant } from '../instant.ts';
import type { PartitionMemory } from '../partition-memory.ts';

/**
 * Learns what rests at the end of a log for ever: a transaction's marker is an offset that no consumer ever commits.
 *
 * What stays when neither side has moved since the last advance rests; so does a message or two that came together with
 * the last advance. The rest only shrinks by itself.
 */
export function rest(p: PartitionMemory, still: boolean, { atMs, settings }: GroupInstant): void {
  const { quietSamples, quietMs, quietMessages, markerMessages, markerMs } = settings.resting;
  if (p.lagMessages < p.restingMessages) p.restingMessages = p.lagMessages;
  if (!still) return;
  p.quietSamples = p.log.endOffset === p.endAtAdvance ? p.quietSamples + 1 : 0;
  const long = p.quietSamples >= quietSamples && atMs - p.lastAdvanceAtMs >= quietMs;
  const quiet = long && p.lagMessages <= quietMessages;
  const marker = p.lagMessages <= markerMessages && Math.abs(p.log.endMovedAtMs - p.lastAdvanceAtMs) <= markerMs;
  if ((quiet || marker) && atMs > p.lastAdvanceAtMs && p.lagMessages > p.restingMessages) {
    p.restingMessages = p.lagMessages;
  }
}
