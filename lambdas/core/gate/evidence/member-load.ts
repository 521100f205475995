import type { GateSettings } from '../settings.ts';
import type { History } from './history.ts';
import { consumedBetween, consumedPerS, type Range, windowStart } from './rates.ts';
import { NOBODY, type Track } from './track.ts';

/** One member's work over one stretch in which it owned the same partitions all the time. */
export interface MemberLoad {
  /** Place in the roster. */
  readonly member: number;
  readonly from: number;
  readonly to: number;
  readonly tracks: readonly Track[];
  readonly consumedPerS: number;
}

/**
 * What each member did between two samples. Members whose partitions changed, or are not known, are left out.
 *
 * @param counts owners seen before that don't make it unclear whose work it was; by default the owner itself
 */
export function memberLoads(
  { atMs, tracks }: History,
  from: number,
  to: number,
  counts: (seen: number | null, owner: number | null) => boolean = (seen, owner) => seen === owner,
): MemberLoad[] {
  const owned = new Map<number, Track[]>();
  const unclear = new Set<number | null>();
  for (const track of tracks) {
    const owner = track.owner[to] ?? null;
    const owners = track.owner.slice(from, to + 1);
    if (owners.some((seen) => !counts(seen, owner))) for (const seen of owners) unclear.add(seen);
    else if (owner !== null && owner !== NOBODY) pushTo(owned, owner, track);
  }
  return [...owned].flatMap(([member, mine]) => {
    const rate = unclear.has(member) ? null : consumedPerS(mine, atMs, from, to);
    return rate === null ? [] : [{ member, from, to, tracks: mine, consumedPerS: rate }];
  });
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** One of its partitions was clearly behind at every sample: it had work all the time. */
export function isSaturated({ tracks, from, to }: MemberLoad, settings: GateSettings, cadenceMs: number): boolean {
  const limitMs = settings.saturatedMs + cadenceMs;
  return tracks.some(({ timeLagMs }) => timeLagMs.slice(from, to + 1).every((lag) => lag !== null && lag >= limitMs));
}

/** It made progress between any two samples: a stretch with a pause in it measures the pause. */
export function movedThroughout({ tracks, from, to }: MemberLoad): boolean {
  for (let index = from + 1; index <= to; index++) {
    if (!tracks.some((track) => (consumedBetween(track, index - 1, index) ?? 0) > 0)) return false;
  }
  return true;
}

/** The best rate that any one member kept up for `spanMs`, of the loads that count; null if none could be measured. */
export function memberPeakPerS(
  history: History,
  { from, until }: Range,
  spanMs: number,
  counts: (load: MemberLoad) => boolean = () => true,
): number | null {
  let peak: number | null = null;
  for (let index = from; index < until; index++) {
    const start = windowStart(history.atMs, index, spanMs, from);
    if (start !== null) peak = fastestOf(memberLoads(history, start, index).filter(counts), peak);
  }
  return peak;
}

/** The larger of what was known and the best of these. */
export const fastestOf = (loads: readonly MemberLoad[], known: number | null): number | null =>
  loads.reduce<number | null>((best, { consumedPerS }) => Math.max(best ?? 0, consumedPerS), known);
