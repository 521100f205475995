import type { GroupSnapshot, Member } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';

/** 2026-01-01T00:00:00Z: a fixed present for tests. */
export const T0_MS = 1_767_225_600_000;

/** A snapshot of an empty cluster, unless told otherwise. */
export function aSnapshot(part: Partial<ClusterSnapshot> = {}): ClusterSnapshot {
  return { cluster: 'prod', atMs: T0_MS, topics: new Map(), groups: new Map(), failures: [], ...part };
}

/** A classic group that is stable, without members or commits, unless told otherwise. */
export function aGroup(part: Partial<GroupSnapshot> = {}): GroupSnapshot {
  return { type: 'classic', state: 'Stable', members: [], committed: new Map(), ...part };
}

/** A member that owns nothing, unless told otherwise. */
export function aMember(part: Partial<Member> = {}): Member {
  return {
    memberId: 'billing-0-uuid',
    clientId: 'billing-0',
    host: '/10.0.0.1',
    instanceId: null,
    assigned: new Map(),
    ...part,
  };
}

/** A log that begins at 0. */
export function aLog(logEndOffset: number, part: Partial<PartitionLog> = {}): PartitionLog {
  return { logStartOffset: 0, logEndOffset, ...part };
}
