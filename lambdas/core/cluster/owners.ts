import type { GroupSnapshot } from './group.ts';

/** The member that reads a partition. */
export interface Owner {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
}

/** By topic and partition. */
export type Owners = ReadonlyMap<string, ReadonlyMap<number, Owner>>;

/** Who owns which partition; null when the group's members could not be read. Of two claims the later one counts. */
export function ownersOf({ members }: Pick<GroupSnapshot, 'members'>): Owners | null {
  if (members === null) return null;
  const owners = new Map<string, Map<number, Owner>>();
  for (const { memberId, clientId, host, assigned } of members) {
    for (const [topic, partitions] of assigned) {
      const ofTopic = owners.get(topic) ?? new Map<number, Owner>();
      owners.set(topic, ofTopic);
      for (const partition of partitions) ofTopic.set(partition, { memberId, clientId, host });
    }
  }
  return owners;
}
