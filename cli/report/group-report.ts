import type { CapacityAdvice } from '../../lambdas/core/capacity/capacity-advice.ts';
import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { MeasuredGroup } from '../../lambdas/core/status/measures.ts';
import type { GroupStatus, GroupVerdict } from '../../lambdas/core/status/verdict.ts';

/** One group as it was read, and what it is in. */
export interface GroupReport {
  /** Null: the group was not in the last snapshot. */
  readonly read: GroupSnapshot | null;
  readonly verdict: GroupVerdict;
}

/** All that one snapshot of a cluster says. */
export interface ClusterReport {
  readonly snapshot: ClusterSnapshot;
  /** The worst first, then by name. */
  readonly groups: readonly GroupReport[];
  /** What is told of the one group that is watched; null: nobody asked. */
  readonly watched: WatchedGroup | null;
}

/** What watching makes known of a group beside its verdict. */
export interface WatchedGroup {
  /** Null: nothing is known yet that it could rest on. */
  readonly capacity: CapacityAdvice | null;
  /** Null: the rules do not measure. */
  readonly measures: MeasuredGroup | null;
}

/** In the order in which a person should look. */
export const WORST_FIRST: readonly GroupStatus[] = ['ERR', 'WARN', 'UNKNOWN', 'OK'];

export function reportOf(
  snapshot: ClusterSnapshot,
  verdicts: readonly GroupVerdict[],
  watched: WatchedGroup | null = null,
): ClusterReport {
  const groups = verdicts
    .map((verdict) => ({ read: snapshot.groups.get(verdict.group) ?? null, verdict }))
    .toSorted(
      ({ verdict: a }, { verdict: b }) =>
        WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status) ||
        (a.group < b.group ? -1 : a.group > b.group ? 1 : 0),
    );
  return { snapshot, groups, watched };
}

/** Whether a person should look at it. */
export const isProblem = ({ verdict: { status } }: GroupReport): boolean => status === 'WARN' || status === 'ERR';
