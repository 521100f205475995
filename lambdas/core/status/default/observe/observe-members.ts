import type { GroupSnapshot, GroupState, Member } from '../../../cluster/group.ts';
import { type GroupMemory, noteUnsettled } from '../group-memory.ts';
import type { Instant } from '../instant.ts';
import type { PartitionMemory } from '../partition-memory.ts';

const REBALANCING: ReadonlySet<GroupState> = new Set([
  'PreparingRebalance',
  'CompletingRebalance',
  'Assigning',
  'Reconciling',
]);

/** Takes who is in a group, and who owns what. Members that could not be read leave everything as it was. */
export function observeMembers(group: GroupMemory, { members, state }: GroupSnapshot, { atMs, cell }: Instant): void {
  if (members === null) {
    noteUnsettled(group, cell, null);
    return;
  }
  const changed = group.samples > 1 && membersChanged(group, members);
  const unsettled = changed || REBALANCING.has(state);
  if (changed || group.samples === 1) rememberMembers(group, members);
  if (unsettled) group.membersChangedAtMs = atMs;
  noteUnsettled(group, cell, unsettled);
  observePresence(group, members.length > 0, atMs);
  observeOwners(group, members, atMs);
}

function membersChanged(group: GroupMemory, members: readonly Member[]): boolean {
  if (members.length !== group.members.size) return true;
  for (const { memberId } of members) if (!group.members.has(memberId)) return true;
  return false;
}

function rememberMembers(group: GroupMemory, members: readonly Member[]): void {
  group.members.clear();
  for (const { memberId, clientId, host } of members) group.members.set(memberId, { memberId, clientId, host });
}

function observePresence(group: GroupMemory, present: boolean, atMs: number): void {
  if (present) {
    if (group.emptySamples > 0) group.returnedAtMs = atMs;
    group.emptySinceMs = Number.NaN;
    group.emptySamples = 0;
    group.emptyAdvanceSamples = 0;
    return;
  }
  if (group.emptySamples === 0) group.emptySinceMs = atMs;
  group.emptySamples += 1;
}

function observeOwners(group: GroupMemory, members: readonly Member[], atMs: number): void {
  for (const { memberId, assigned } of members) {
    for (const [topic, partitions] of assigned) {
      const known = group.byTopic.get(topic);
      if (known === undefined) continue;
      for (const partition of partitions) {
        const p = known[partition];
        if (p) p.claimant = memberId;
      }
    }
  }
  for (const p of group.partitions) {
    own(p, p.claimant, atMs);
    p.claimant = null;
  }
}

function own(p: PartitionMemory, owner: string | null, atMs: number): void {
  if (owner === p.owner) return;
  p.owner = owner;
  p.ownerSinceMs = atMs;
}
