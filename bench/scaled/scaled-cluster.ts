import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import { groupPartitionsIn } from '../../lambdas/core/cluster/group-partitions.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import { seededRandom } from '../seeded-random.ts';
import type { RecordedDay } from './recorded-days.ts';
import { renamedMembers } from './renamed-members.ts';

/** A cluster of any size that lives as recorded small ones do. */
export interface ScaledCluster {
  /** What a reading returns in this minute, counted from 0. The same every time. */
  snapshotAt(minute: number): ClusterSnapshot;
}

export const CLUSTER = 'prod';
/** In the future: a store deletes what has expired. */
export const BEGIN_MS = Date.UTC(2060, 0, 5, 6);
export const MINUTE_MS = 60_000;

export const slotAt = (minute: number): number => BEGIN_MS + minute * MINUTE_MS;

/** The last minutes of a day are left for a clone that begins late. */
const MINUTES_MAX = 400;

/**
 * Clones of recorded days until there are so many group-partitions. Each clone has names, members and offsets of its own
 * and begins at another minute of its day: no two of them show the same numbers, and nothing compresses better
 * than it would in a real cluster.
 */
export function scaledCluster(days: readonly RecordedDay[], groupPartitions: number): ScaledCluster {
  const random = seededRandom(7);
  const clones: Clone[] = [];
  for (let count = 0; count < groupPartitions; ) {
    const day = days[clones.length % days.length] ?? [];
    const start = random.below(Math.max(1, day.length - MINUTES_MAX));
    const clone = cloneOf(day, { number: clones.length, start, shift: random.below(50_000_000) });
    clones.push(clone);
    // An empty day must not make this loop endless.
    const { groups } = day[start] ?? { groups: new Map() };
    count += Math.max(1, groupPartitionsIn({ groups }));
  }
  return {
    snapshotAt: (minute) => {
      const topics = new Map<string, readonly (PartitionLog | null)[]>();
      const groups = new Map<string, GroupSnapshot>();
      for (const clone of clones) clone.addTo(topics, groups, minute);
      // Readings begin some seconds into their minute, never at the same.
      const atMs = slotAt(minute) + 3_000 + ((minute * 7_919) % 4_001);
      return { cluster: CLUSTER, atMs, topics, groups, failures: [] };
    },
  };
}

interface Clone {
  addTo(
    topics: Map<string, readonly (PartitionLog | null)[]>,
    groups: Map<string, GroupSnapshot>,
    minute: number,
  ): void;
}

function cloneOf(
  day: RecordedDay,
  { number, start, shift }: { readonly number: number; readonly start: number; readonly shift: number },
): Clone {
  const renamed = (name: string): string => `${name}-${number}`;
  const membersOf = renamedMembers(number, renamed);
  const moved = (offset: number | null): number | null => (offset === null ? null : offset + shift);
  return {
    addTo(topics, groups, minute) {
      const snapshot = day[Math.min(start + minute, day.length - 1)];
      for (const [name, logs] of snapshot?.topics ?? []) {
        topics.set(
          renamed(name),
          logs.map(
            (log) => log && { logStartOffset: log.logStartOffset + shift, logEndOffset: log.logEndOffset + shift },
          ),
        );
      }
      for (const [name, { type, state, members, committed }] of snapshot?.groups ?? []) {
        const offsets = new Map(Array.from(committed, ([topic, list]) => [renamed(topic), list.map(moved)]));
        groups.set(renamed(name), { type, state, members: membersOf(members), committed: offsets });
      }
    },
  };
}
