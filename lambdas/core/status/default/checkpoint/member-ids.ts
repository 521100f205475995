import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { GroupMemory } from '../group-memory.ts';

/** Writes a group's members, and gives the ids by whose places owners are told: those of owners that have left as well. */
export function membersWriter(columns: ColumnWriter): (group: GroupMemory) => readonly string[] {
  const present = columns.column('group.members');
  const gone = columns.column('group.ownersGone');
  return (group) => {
    const ids = memberIdsOf(group);
    present.put(group.members.size);
    gone.put(ids.length - group.members.size);
    for (const id of ids) {
      columns.text(id);
      const member = group.members.get(id);
      if (member === undefined) continue;
      columns.text(member.clientId);
      columns.text(member.host);
    }
    return ids;
  };
}

/** The opposite, into a group without members. */
export function membersReader(columns: ColumnReader): (group: GroupMemory) => readonly string[] {
  const present = columns.column('group.members');
  const gone = columns.column('group.ownersGone');
  return (group) => {
    for (let left = present.takeCount(); left > 0; left -= 1) {
      const memberId = columns.text();
      group.members.set(memberId, { memberId, clientId: columns.text(), host: columns.text() });
    }
    return [...group.members.keys(), ...Array.from({ length: gone.takeCount() }, () => columns.text())];
  };
}

/** The members' ids first, in their order. */
function memberIdsOf({ members, partitions }: GroupMemory): string[] {
  const ids = new Set(members.keys());
  for (const { owner, trouble } of partitions) {
    if (owner !== null) ids.add(owner);
    if (trouble !== null && trouble.ownerAtOpen !== null) ids.add(trouble.ownerAtOpen);
  }
  return [...ids];
}

/** An id's place in a list, counted from 1; 0 is nobody. */
export const placeOf = (ids: readonly string[], id: string | null): number => (id === null ? 0 : ids.indexOf(id) + 1);

/** The opposite. */
export function idAt(ids: readonly string[], place: number): string | null {
  if (place === 0) return null;
  const id = ids[place - 1];
  if (id === undefined) throw corrupt(`names member ${place} of ${ids.length}`);
  return id;
}
