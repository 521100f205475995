import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from './snapshots.ts';

/** One minute in the life of a group with one partition. */
export interface Minute {
  readonly end: number;
  readonly committed: number | null;
  readonly start?: number;
  readonly group?: Partial<GroupSnapshot>;
}

export const MINUTE_MS = 60_000;

/** Nobody is there. */
export const EMPTY: Partial<GroupSnapshot> = { state: 'Empty', members: [] };

/** A snapshot a minute: the group `billing` with one member that owns `orders-0`, unless told otherwise. */
export function minutesOf(count: number, minuteAt: (minute: number) => Minute): ClusterSnapshot[] {
  return Array.from({ length: count }, (_, minute) => {
    const { end, committed, start = 0, group } = minuteAt(minute);
    const owner = aMember({ assigned: new Map([['orders', [0]]]) });
    return aSnapshot({
      atMs: T0_MS + minute * MINUTE_MS,
      topics: new Map([['orders', [aLog(end, { logStartOffset: start })]]]),
      groups: new Map([
        ['billing', aGroup({ members: [owner], committed: new Map([['orders', [committed]]]), ...group })],
      ]),
    });
  });
}
