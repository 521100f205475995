import type { ClusterSnapshot } from '../cluster/snapshot.ts';

/**
 * Whether this snapshot shows that the group was deleted, or every one of the topics that held its problem. Absence is evidence only where everything was read: a broker that does not answer takes its groups along.
 */
export function wasDeleted(
  { group, topics }: { readonly group: string; readonly topics: readonly string[] },
  { groups, topics: logs, failures }: ClusterSnapshot,
): boolean {
  if (failures.some(({ part }) => part === 'broker')) return false;
  if (failures.some((failed) => failed.part === 'group' && failed.group === group)) return false;
  const now = groups.get(group);
  if (now === undefined || (now.state === 'Dead' && now.committed.size === 0)) return true;
  const unread = new Set(failures.flatMap((failed) => (failed.part === 'partition' ? [failed.topic] : [])));
  return topics.length > 0 && topics.every((topic) => !logs.has(topic) && !unread.has(topic));
}
