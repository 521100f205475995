import type { History } from './history.ts';
import { consumedPerS, type Range, windowStart } from './rates.ts';
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

/** What each member did between two samples. Members whose partitions changed, or are not known, are left out. */
export function memberLoads({ atMs, tracks }: History, from: number, to: number): MemberLoad[] {
  const owned = new Map<number, Track[]>();
  const unclear = new Set<number | null>();
  for (const track of tracks) {
    const owner = track.owner[to] ?? null;
    const owners = track.owner.slice(from, to + 1);
    if (owners.some((other) => other !== owner)) for (const other of owners) unclear.add(other);
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

/** The best rate that any one member kept up for `spanMs`; null if none could be measured. */
export function memberPeakPerS(history: History, { from, until }: Range, spanMs: number): number | null {
  let peak: number | null = null;
  for (let index = from; index < until; index++) {
    const start = windowStart(history.atMs, index, spanMs, from);
    if (start === null) continue;
    for (const load of memberLoads(history, start, index)) peak = Math.max(peak ?? 0, load.consumedPerS);
  }
  return peak;
}
