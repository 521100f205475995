import { cellAtAge } from '../../../lag/time-axis.ts';
import { type GroupMemory, isManual } from '../group-memory.ts';
import type { GroupInstant, Instant } from '../instant.ts';
import type { LogMemory } from '../log-memory.ts';
import { isSeen, type PartitionMemory, timeLagMsOf } from '../partition-memory.ts';
import { consumedPerS, trailIndexBefore, trailLag, trailOffset } from '../trail.ts';

/** Client ids that change with every start must not pile up. */
const CLIENTS_MAX = 64;

/** Messages per second written to a log since that cell; NaN where the column has a hole. */
export function producedPerS(log: LogMemory, cell: number, { memory, atMs }: Pick<Instant, 'memory' | 'atMs'>): number {
  const spanMs = atMs - (memory.axis.atMs[cell] ?? Number.NaN);
  return spanMs > 0 ? ((log.endOffset - log.at(cell)) / spanMs) * 1_000 : Number.NaN;
}

/**
 * What the owner of a partition consumes at present, over all that it owns: the best of the configured spans. Where
 * commits are rare, a span may have been shorter than it looks, by half a sample in the mean.
 */
export function consumedNowPerS(p: PartitionMemory, { group, atMs, settings }: GroupInstant): number {
  const { sampleIntervalMs } = settings;
  let best = 0;
  let longestMs = 0;
  for (const spanMs of settings.fallingBehind.consumptionMs) {
    const wholeMs = Math.max(spanMs, (0.5 * spanMs * group.cadence.usualMs) / sampleIntervalMs);
    longestMs = Math.max(longestMs, wholeMs);
    let perS = 0;
    for (const other of group.partitions) if (other.owner === p.owner) perS += consumedPerS(other, atMs, wholeMs);
    best = Math.max(best, perS);
  }
  return group.cadence.usualMs > 0 ? (best * longestMs) / (longestMs - sampleIntervalMs / 2) : best;
}

/** The most that this partition's owner, by its client id, ever consumed; any member's where that one is new. */
export function provenPerS({ members, capacity }: GroupMemory, { owner }: PartitionMemory): number {
  const clientId = owner === null ? undefined : members.get(owner)?.clientId;
  return (clientId === undefined ? undefined : capacity.bestByClient.get(clientId)) ?? capacity.memberBestPerS;
}

/** Learns what members and the group have shown that they can consume, and the production that was kept up with. */
export function learnCapacity(group: GroupMemory, instant: GroupInstant): void {
  const { settings, atMs, memory } = instant;
  const { capacityMs, capacityTimeLagMs, sustainedMs } = settings.fallingBehind;
  const longMs = Math.max(capacityMs, 3 * group.cadence.usualMs);
  const sustainedCell = cellAtAge(memory.axis, atMs, sustainedMs);
  const isKnown = atMs - group.firstSeenAtMs >= longMs;
  const longBeforeCell = cellAtAge(memory.axis, atMs, longMs + capacityTimeLagMs);
  const byOwner = new Map<string, number>();
  let writtenPerS = 0;
  for (const p of group.partitions) {
    if (!isSeen(p, atMs)) continue;
    if (isKnown && (p.owner !== null || isManual(group))) {
      const perS = consumedPerS(p, atMs, longMs);
      if (perS > 0 && showsPace(p, longMs, atMs, longBeforeCell))
        byOwner.set(p.owner ?? '', (byOwner.get(p.owner ?? '') ?? 0) + perS);
    }
    const perS = producedPerS(p.log, sustainedCell, instant);
    learnSustained(p, perS, instant);
    writtenPerS += perS;
  }
  const { capacity } = group;
  for (const [owner, perS] of byOwner) learnMember(group, owner, rounded(perS));
  if (!group.skipping) capacity.groupBestPerS = Math.max(capacity.groupBestPerS, rounded(group.passedPerS));
  if (atMs - group.firstSeenAtMs >= sustainedMs && writtenPerS > capacity.producedPeakPerS) {
    capacity.producedPeakPerS = rounded(writtenPerS);
  }
}

/** Its owner had it for the whole span, and passed nothing in it that had been written long before, by that cell. */
function showsPace(p: PartitionMemory, spanMs: number, atMs: number, longBeforeCell: number): boolean {
  if (atMs - p.ownerSinceMs < spanMs) return false;
  const first = trailIndexBefore(p, spanMs);
  return !(trailLag(p, first) > 0 && p.log.at(longBeforeCell) > trailOffset(p, first));
}

function learnMember({ members, capacity }: GroupMemory, owner: string, perS: number): void {
  capacity.memberBestPerS = Math.max(capacity.memberBestPerS, perS);
  const clientId = members.get(owner)?.clientId;
  if (clientId === undefined) return;
  const best = capacity.bestByClient.get(clientId);
  if (best === undefined && capacity.bestByClient.size >= CLIENTS_MAX) return;
  if (best === undefined || perS > best) capacity.bestByClient.set(clientId, perS);
}

function learnSustained(p: PartitionMemory, perS: number, { atMs, settings, group }: GroupInstant): void {
  const { sustainedMs, sustainedTimeLagMs } = settings.fallingBehind;
  if (timeLagMsOf(p) >= sustainedTimeLagMs + group.cadence.usualMs) {
    p.keepsUpSinceMs = Number.NaN;
    return;
  }
  if (Number.isNaN(p.keepsUpSinceMs)) p.keepsUpSinceMs = atMs;
  if (atMs - p.keepsUpSinceMs >= sustainedMs && perS > p.sustainedPerS) p.sustainedPerS = rounded(perS);
}

/** What is learnt goes into checkpoints: more digits say nothing and cost room. */
const rounded = (perS: number): number => Math.round(perS * 1_000) / 1_000;
