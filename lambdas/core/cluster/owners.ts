import type { GroupSnapshot } from './group.ts';

/** The member that reads a partition. */
export interface Owner {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
}

/** By topic, indexed by partition; undefined, or beyond the end: nobody's. */
export type Owners = ReadonlyMap<string, readonly (Owner | undefined)[]>;

/** Who owns which partition; null when the group's members could not be read. Of two claims the later one counts. */
export function ownersOf({ members }: Pick<GroupSnapshot, 'members'>): Owners | null {
  if (members === null) return null;
  const owners = new Map<string, (Owner | undefined)[]>();
  for (const { memberId, clientId, host, assigned } of members) {
    const owner = { memberId, clientId, host };
    for (const [topic, partitions] of assigned) {
      const ofTopic = owners.get(topic) ?? [];
      owners.set(topic, ofTopic);
      // Left sparse: members name their partitions themselves, and may name one far beyond the last.
      for (const partition of partitions) ofTopic[partition] = owner;
    }
  }
  return owners;
}
