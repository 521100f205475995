import type { Strategy } from '../../release/release.ts';
import type { History } from './history.ts';
import { NOBODY } from './track.ts';

/** How far the new version has taken over. Times are those of samples. */
export interface HandOver {
  /** When a member of the new version was first seen; null: not yet. */
  readonly joinedMs: number | null;
  /** When it was first seen to own something; null: not yet. */
  readonly ownedMs: number | null;
  /** Since when it owns what the strategy wants it to own, the old version gone where it shall go; null: it does not. */
  readonly inPlaceSinceMs: number | null;
  /** When the number of old members, or of partitions that the new version owns, last changed; null: it never did. */
  readonly lastStepMs: number | null;
  /** When an old member last left; null: none did. What the new version does to itself is no step of a hand-over. */
  readonly lastDepartureMs: number | null;
  readonly oldMembers: number;
  readonly newMembers: number;
}

/** Follows the members from sample `start` on. */
export function handOverOf(
  history: History,
  strategy: Strategy,
  start: number,
  isNew: (member: number) => boolean,
): HandOver {
  let now: HandOver = NOT_BEGUN;
  let newOwned = 0;
  for (let index = start; index < history.atMs.length; index++) {
    const members = history.members[index] ?? null;
    if (members === null) continue;
    const atMs = history.atMs[index] ?? 0;
    const newMembers = members.filter(isNew).length;
    const oldMembers = members.length - newMembers;
    const owners = history.tracks.map((track) => track.owner[index] ?? null);
    // While a group rebalances, nobody can say who owns what: the last clear answer stands.
    const isClear = history.state[index] === 'Stable' || members.length === 0;
    const owned = owners.filter((owner) => owner !== null && owner !== NOBODY && isNew(owner)).length;
    const hasStepped = oldMembers !== now.oldMembers || (isClear && owned !== newOwned);
    const hasAll = strategy === 'canary' || (oldMembers === 0 && !owners.includes(NOBODY));
    now = {
      joinedMs: now.joinedMs ?? (newMembers > 0 ? atMs : null),
      ownedMs: now.ownedMs ?? (owned > 0 ? atMs : null),
      inPlaceSinceMs: isClear ? (owned > 0 && hasAll ? (now.inPlaceSinceMs ?? atMs) : null) : now.inPlaceSinceMs,
      lastStepMs: hasStepped ? atMs : now.lastStepMs,
      lastDepartureMs: oldMembers < now.oldMembers ? atMs : now.lastDepartureMs,
      oldMembers,
      newMembers,
    };
    if (isClear) newOwned = owned;
  }
  return now;
}

const NOT_BEGUN: HandOver = {
  joinedMs: null,
  ownedMs: null,
  inPlaceSinceMs: null,
  lastStepMs: null,
  lastDepartureMs: null,
  oldMembers: 0,
  newMembers: 0,
};
