import { isBeforeHistory, producedAtMs } from '../../../lag/time-lag.ts';
import { isAway } from '../group-memory.ts';
import type { GroupInstant } from '../instant.ts';
import { learnDelay } from '../learn/cadence.ts';
import { type PartitionMemory, passedMessagesOf, timeLagMsOf } from '../partition-memory.ts';
import { addAdvance, clearTrail } from '../trail.ts';
import { rest } from './resting-lag.ts';

/**
 * Takes a group's place in one partition: how far it came, what is left, since when nothing moves.
 *
 * @param offset null: nothing committed
 * @param reportedLag a share group's lag as the broker tells it; it can't be computed from the start offset
 */
export function observePartition(
  p: PartitionMemory,
  offset: number | null,
  reportedLag: number | null,
  instant: GroupInstant,
): void {
  const { atMs } = instant;
  p.movedMessages = 0;
  p.blind = false;
  if (p.log.readAtMs !== atMs) return;
  // The topic was made anew: what was learnt of the old log says nothing about this one.
  if (p.generation !== p.log.generation) p.beginAnew(instant.memory.partitionRows);
  if (offset !== null) p.vanishedAtMs = Number.NaN;
  else if (Number.isNaN(p.committedOffset)) return;
  else if (Number.isNaN(p.vanishedAtMs)) p.vanishedAtMs = atMs;
  const first = Number.isNaN(p.committedOffset);
  const blind = !first && atMs - p.seenAtMs > instant.settings.blindMs;
  p.timeLagBeforeMs = timeLagMsOf(p);
  p.blind = blind;
  // Whether it grew steadily over a hole nobody knows.
  if (blind) clearTrail(p);
  p.lagMessages = reportedLag ?? Math.max(0, p.log.endOffset - (offset ?? p.committedOffset));
  move(p, offset ?? p.committedOffset, blind, instant);
  clock(p, first || blind, instant);
  p.seenAtMs = atMs;
  watchObjective(p, instant);
}

function move(p: PartitionMemory, offset: number, blind: boolean, instant: GroupInstant): void {
  const { log } = p;
  const before = p.committedOffset;
  p.committedOffset = offset;
  if (Number.isNaN(before)) begin(p, instant);
  else if (offset > before) advance(p, offset - before, blind, instant);
  else if (offset < before) fallBack(p, before, instant);
  const { axis } = instant.memory;
  if (offset !== before || Number.isNaN(p.producedAtMs)) {
    const waits = p.lagMessages > 0;
    // A share group's lag is told apart from the log's end and may count messages beyond it: those are new.
    p.producedAtMs = waits ? Math.round(producedAtMs(axis, log, offset) || instant.atMs) : Number.NaN;
    p.beforeHistory = waits && isBeforeHistory(axis, log, offset);
  }
  rest(p, offset === before, instant);
}

function begin(p: PartitionMemory, { atMs, settings }: GroupInstant): void {
  p.restingMessages = p.lagMessages <= settings.resting.coldMessages ? p.lagMessages : 0;
  p.endAtAdvance = p.log.endOffset;
  p.lastAdvanceAtMs = atMs;
}

function advance(p: PartitionMemory, messages: number, blind: boolean, instant: GroupInstant): void {
  const { group, atMs, settings } = instant;
  // A first advance ends a wait whose beginning was not seen; an alarm's wait is usual only if the same owner ended it.
  const learnable =
    p.advances > 0 && !blind && !isAway(group) && (p.trouble === null || p.trouble.ownerAtOpen === p.owner);
  if (learnable) learnDelay(group, p, instant);
  p.movedMessages = messages;
  const passedMessages = passedMessagesOf(p);
  // A step over deleted messages shows no pace.
  if (passedMessages < messages) clearTrail(p);
  group.passedPerS += (passedMessages / workedMs(p, atMs)) * 1_000;
  p.advances += 1;
  if (p.trouble !== null) p.trouble.advances += 1;
  p.lastAdvanceAtMs = atMs;
  p.endAtAdvance = p.log.endOffset;
  p.quietSamples = 0;
  // When in a hole it was nobody knows: no pace can be measured from there.
  if (blind) return;
  const { committedOffset: offset, lagMessages } = p;
  addAdvance(p, { atMs, offset, lagMessages }, settings.trailMs);
}

/** How long the owner had for what it commits now: since work waited for it, or since the last sample at least. */
function workedMs(
  { seenAtMs, lastAdvanceAtMs, producedAtMs, ownerSinceMs, pending }: PartitionMemory,
  atMs: number,
): number {
  if (!pending) return atMs - seenAtMs;
  const sinceMs = Math.max(lastAdvanceAtMs, producedAtMs, ownerSinceMs || 0);
  return atMs - Math.min(seenAtMs, sinceMs);
}

function fallBack(p: PartitionMemory, before: number, { atMs }: GroupInstant): void {
  p.movedMessages = p.committedOffset - before;
  p.lastAdvanceAtMs = atMs;
  p.pending = false;
  clearTrail(p);
}

/** Runs or stops the clock of idleness. After a hole in the samples it begins anew: a hole proves nothing. */
function clock(p: PartitionMemory, anew: boolean, { atMs, settings, objectives }: GroupInstant): void {
  const waited = p.pending;
  p.pending = p.lagMessages > Math.max(p.restingMessages, objectives.allowedLagMessages);
  if (!p.pending || anew) {
    p.idleSinceMs = atMs;
    p.stuckSamples = 0;
  } else if (p.movedMessages > 0) {
    // A consumer at the head reads messages as old as a sample ago: so old was this one when it came here.
    const atHead = p.timeLagBeforeMs <= 0.5 * settings.sampleIntervalMs;
    const cameAtMs = Math.min(atMs, Math.max(p.seenAtMs, p.producedAtMs + p.timeLagBeforeMs));
    p.idleSinceMs = atHead ? cameAtMs : atMs;
    p.stuckSamples = 0;
  } else if (waited) {
    p.stuckSamples += 1;
  } else {
    p.idleSinceMs = Math.max(p.producedAtMs, p.seenAtMs);
    p.stuckSamples = 1;
  }
}

function watchObjective(p: PartitionMemory, { atMs, objectives: { timeLagMs } }: GroupInstant): void {
  if (timeLagMs === null || timeLagMsOf(p) <= timeLagMs) p.overSinceMs = Number.NaN;
  else if (Number.isNaN(p.overSinceMs)) p.overSinceMs = atMs;
}
