import type { Release } from '../../release/release.ts';
import type { GateSettings } from '../settings.ts';
import type { Baseline, TrackBaseline } from './baseline.ts';
import { type HandOver, handOverOf } from './hand-over.ts';
import type { History } from './history.ts';
import { NOBODY, type Track } from './track.ts';

/** What checks and criteria look at: the history up to now, and what follows from it. */
export interface Evidence {
  readonly release: Release;
  readonly settings: GateSettings;
  readonly history: History;
  /** Place of the release's first sample, and of the newest. */
  readonly start: number;
  readonly last: number;
  /** When the newest sample was taken. */
  readonly nowMs: number;
  readonly sinceStartMs: number;
  readonly baseline: Baseline;
  readonly handOver: HandOver;
  /** Partitions whose last owner is of the new version. */
  readonly judged: readonly PartitionView[];
  /** Partitions whose last owner is of the old version. */
  readonly controls: readonly PartitionView[];
  /** Whether the member at this place of the roster is of the new version. */
  readonly isNew: (member: number) => boolean;
}

/** One partition with its past. */
export interface PartitionView {
  readonly track: Track;
  readonly usual: TrackBaseline;
  /** Since when the same version owns it. */
  readonly sideSinceMs: number;
  /** Since when the same member owns it. */
  readonly ownerSinceMs: number;
}

export function evidenceOf(release: Release, settings: GateSettings, history: History, baseline: Baseline): Evidence {
  const start = baseline.until;
  const last = history.atMs.length - 1;
  const nowMs = history.atMs[last] ?? release.startedAtMs;
  const isNew = newcomerTest(history, start);
  const views = history.tracks
    .map((track, place) => viewOf(track, history.atMs, baseline.tracks[place] ?? UNSEEN, isNew))
    .filter((view) => view !== null);
  return {
    release,
    settings,
    history,
    start,
    last,
    nowMs,
    sinceStartMs: nowMs - release.startedAtMs,
    baseline,
    handOver: handOverOf(history, release.strategy, start, isNew),
    judged: views.filter(({ isOfNew }) => isOfNew),
    controls: views.filter(({ isOfNew }) => !isOfNew),
    isNew,
  };
}

/**
 * The selector tells the versions apart, unless it picked everybody before the start already (a client id without a
 * version in it): then whoever came after the start is new.
 */
export function newcomerTest({ members, roster }: History, start: number): (member: number) => boolean {
  const before = members.slice(0, start).findLast((seats) => seats !== null && seats.length > 0) ?? [];
  const tellsApart = before.length === 0 || before.some((seat) => roster[seat]?.isSelected === false);
  if (tellsApart) return (seat) => roster[seat]?.isSelected === true;
  const veterans = new Set(members.slice(0, start).flatMap((seats) => seats ?? []));
  return (seat) => roster[seat]?.isSelected === true && !veterans.has(seat);
}

/** A partition that came with the release has no past. */
const UNSEEN: TrackBaseline = { usualTimeLagMs: 0, pauseMs: 0, restingMessages: 0, producedPerS: 0, peakPerS: 0 };

function viewOf(
  track: Track,
  atMs: readonly number[],
  usual: TrackBaseline,
  isNew: (member: number) => boolean,
): (PartitionView & { readonly isOfNew: boolean }) | null {
  const owner = track.owner.findLast((seen) => seen !== null && seen !== NOBODY) ?? null;
  if (owner === null) return null;
  const isOfNew = isNew(owner);
  return {
    track,
    usual,
    sideSinceMs: heldSinceMs(track, atMs, (holder) => isNew(holder) === isOfNew),
    ownerSinceMs: heldSinceMs(track, atMs, (holder) => holder === owner),
    isOfNew,
  };
}

/** First sample of the last run of owners that all fit; samples without an owner do not end a run. */
function heldSinceMs({ owner }: Track, atMs: readonly number[], fits: (owner: number) => boolean): number {
  let sinceMs = 0;
  for (let index = owner.length - 1; index >= 0; index--) {
    const seen = owner[index] ?? null;
    if (seen === null || seen === NOBODY) continue;
    if (!fits(seen)) break;
    sinceMs = atMs[index] ?? 0;
  }
  return sinceMs;
}
