import { addDelay, ageDelays, delayExceededBy } from '../../../statistics/delay-histogram.ts';
import type { GroupMemory } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import type { PartitionMemory } from '../partition-memory.ts';

/**
 * Learns from one advance how long work had waited for it.
 *
 * A missed sample says nothing about the consumer: what lies between two samples counts as one interval at most. A
 * standstill that was told as one counts once, however many partitions it had: a rhythm comes again, an accident need not.
 */
export function learnDelay(group: GroupMemory, p: PartitionMemory, { atMs, settings }: GroupInstant): void {
  const { cadence } = group;
  if (p.trouble !== null && cadence.alarmLearntAtMs === atMs) return;
  if (p.trouble !== null) cadence.alarmLearntAtMs = atMs;
  const waitedMs = p.seenAtMs - Math.max(p.lastAdvanceAtMs, p.producedAtMs);
  const delayMs = p.pending ? Math.max(0, waitedMs) + Math.min(atMs - p.seenAtMs, settings.sampleIntervalMs) : 0;
  addDelay(cadence.delays, delayMs, settings.cadence.floorMs);
  if (cadence.learntAtMs !== atMs) cadence.samples += 1;
  cadence.learntAtMs = atMs;
}

/** The group's usual cadence: what only few of the advances of the last day exceed, or what its owners expect. */
export function learnCadence({ cadence }: GroupMemory, { atMs, settings, objectives }: GroupInstant): void {
  const { shareAbove, floorMs, halfLifeMs, boundedShareAbove, boundedRatio } = settings.cadence;
  if (atMs - cadence.agedAtMs >= halfLifeMs) {
    ageDelays(cadence.delays);
    cadence.agedAtMs = atMs;
  }
  const delayMs = delayExceededBy(cadence.delays, shareAbove, floorMs);
  cadence.bounded = delayMs <= boundedRatio * delayExceededBy(cadence.delays, boundedShareAbove, floorMs);
  cadence.usualMs = Math.max(delayMs > floorMs ? Math.round(delayMs) : 0, objectives.cadenceMs ?? 0);
}
