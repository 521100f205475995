import { pausesFromSampling } from '../evidence/baseline.ts';
import type { Evidence, PartitionView } from '../evidence/evidence.ts';
import { isLogFrozen } from '../evidence/frozen-log.ts';
import { consumedBetween } from '../evidence/rates.ts';
import { trackName } from '../evidence/track.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** A partition of the new version with work pending does not move. */
export function stalled(evidence: Evidence): GateReason | null {
  const { judged, controls, settings } = evidence;
  if (isStandstill(controls, evidence)) return null;
  const stalls = judged.map((view) => ({ view, ...stallOf(view, evidence) })).filter(({ waiting }) => waiting > 0);
  const isTogether = stalls.length > 1 && ![...judged, ...controls].some((view) => hasMoved(view, evidence));
  for (const { view, waiting, stoodMs, ownedMs } of stalls) {
    const patientMs = limitOf(view, evidence, settings.stallTogetherMs);
    const limitMs = isTogether ? patientMs : limitOf(view, evidence, settings.stallMs);
    if (ownedMs < limitMs && stoodMs < patientMs) continue;
    return {
      code: 'STALLED',
      numbers: { stalledMs: stoodMs, limitMs, waitingMessages: waiting },
      sentence: `${trackName(view.track)} has not moved for ${seconds(stoodMs)}, limit ${seconds(limitMs)}; ${waiting} messages wait`,
    };
  }
  return null;
}

/** At least half of the old version's partitions with work stand still as well: the cause is a common one. */
function isStandstill(controls: readonly PartitionView[], evidence: Evidence): boolean {
  const stalls = controls.map((view) => stallOf(view, evidence));
  const still = stalls.filter(({ stoodMs, frozenMs }) => stoodMs + frozenMs >= evidence.settings.stallMs / 2);
  const moving = controls.filter((view) => hasMoved(view, evidence));
  return still.length > 0 && still.length >= moving.length;
}

const hasMoved = ({ track }: PartitionView, { last }: Evidence): boolean =>
  (consumedBetween(track, last - 1, last) ?? 0) > 0;

/** Longer for groups that commit seldom. */
function limitOf({ usual }: PartitionView, { settings, baseline }: Evidence, baseMs: number): number {
  const pauseMs = Math.max(usual.pauseMs, baseline.cadenceMs);
  return baseMs + 1.5 * Math.max(0, pauseMs - pausesFromSampling(settings));
}

interface Stall {
  /** Messages that wait, those that always do left out. */
  readonly waiting: number;
  /** How long it has stood still with work pending and an owner of the same version. */
  readonly stoodMs: number;
  /** How long, beside that, its log was frozen as well. */
  readonly frozenMs: number;
  /** As `stoodMs`, counted from when its present owner had it, in a stable group. */
  readonly ownedMs: number;
}

function stallOf(view: PartitionView, { history, last, start }: Evidence): Stall {
  const { track, usual, ownerSinceMs, sideSinceMs } = view;
  const { atMs, state } = history;
  const position = track.committed.findLast((committed) => committed !== null) ?? 0;
  const end = track.logEnd.findLast((it) => it !== null) ?? position;
  let stoodMs = 0;
  let ownedMs = 0;
  let frozenMs = 0;
  let isOwned = true;
  let endBefore = end;
  for (let index = last; index > start; index--) {
    const from = atMs[index - 1] ?? 0;
    const wasAt = track.committed[index - 1] ?? position;
    const wasPending = (track.logEnd[index - 1] ?? end) - wasAt > usual.restingMessages;
    if (from < sideSinceMs) break;
    isOwned &&= from >= ownerSinceMs && state[index - 1] === 'Stable' && state[index] === 'Stable';
    endBefore = track.logEnd[index] ?? endBefore;
    const spanMs = wasAt === position && wasPending ? (atMs[index] ?? 0) - from : firstPartMs(view, index, from, atMs);
    if (isLogFrozen(view, atMs, index)) {
      frozenMs += spanMs;
    } else {
      stoodMs += spanMs;
      if (isOwned) ownedMs += spanMs;
    }
    if (wasAt !== position || !wasPending) break;
  }
  // Unless something came since, what is left may be a transaction's marker, which nobody reads.
  const waiting = end > endBefore ? Math.max(0, end - position - usual.restingMessages) : 0;
  return { waiting, stoodMs, ownedMs, frozenMs };
}

/** It stopped between two samples: since its oldest unread message came, if that was between them as well. */
function firstPartMs({ track }: PartitionView, index: number, from: number, atMs: readonly number[]): number {
  const lagMs = track.timeLagMs[index] ?? 0;
  return lagMs < (atMs[index] ?? 0) - from ? lagMs : 0;
}
