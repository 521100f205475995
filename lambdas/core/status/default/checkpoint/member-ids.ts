import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { Member } from '../../../cluster/group.ts';
import type { GroupMemory, MemberMemory } from '../group-memory.ts';

/**
 * Writes a group's members, and gives the ids by whose places owners are told: those of owners that have left as well.
 * Members that the last snapshot lists are told by their places there.
 */
export function membersWriter(columns: ColumnWriter) {
  const [present, places, gone] = COLUMNS.map((name) => columns.column(name));
  return (group: GroupMemory, last: readonly Member[]): readonly string[] => {
    const ids = memberIdsOf(group);
    present?.put(group.members.size);
    let expected = 0;
    for (const member of group.members.values()) {
      const place = isSame(last[expected], member) ? expected : last.findIndex((one) => isSame(one, member));
      places?.put(place + 1, expected + 1);
      if (place >= 0) expected = place + 1;
      else for (const text of [member.memberId, member.clientId, member.host]) columns.text(text);
    }
    gone?.put(ids.length - group.members.size);
    for (const id of ids.slice(group.members.size)) columns.text(id);
    return ids;
  };
}

/** The opposite, into a group without members. */
export function membersReader(columns: ColumnReader) {
  const [present, places, gone] = COLUMNS.map((name) => columns.column(name));
  return ({ members }: GroupMemory, last: readonly Member[]): readonly string[] => {
    let expected = 0;
    for (let left = present?.takeCount() ?? 0; left > 0; left -= 1) {
      const place = (places?.take(expected + 1) ?? 0) - 1;
      const member = place < 0 ? newMember(columns) : last[place];
      if (member === undefined) throw corrupt(`names member ${place} of ${last.length}`);
      const { memberId, clientId, host } = member;
      members.set(memberId, { memberId, clientId, host });
      if (place >= 0) expected = place + 1;
    }
    const ids = [...members.keys()];
    for (let left = gone?.takeCount() ?? 0; left > 0; left -= 1) ids.push(columns.text());
    return ids;
  };
}

const COLUMNS = ['group.members', 'group.member', 'group.ownersGone'];

const newMember = (columns: ColumnReader): MemberMemory => ({
  memberId: columns.text(),
  clientId: columns.text(),
  host: columns.text(),
});

const isSame = (one: MemberMemory | undefined, other: MemberMemory): boolean =>
  one !== undefined && one.memberId === other.memberId && one.clientId === other.clientId && one.host === other.host;

/** The members' ids first, in their order. */
function memberIdsOf({ members, partitions }: GroupMemory): string[] {
  const ids = [...members.keys()];
  const gone = new Set<string>();
  for (const { owner, trouble } of partitions) {
    if (owner !== null && !members.has(owner)) gone.add(owner);
    const ownerAtOpen = trouble?.ownerAtOpen ?? null;
    if (ownerAtOpen !== null && !members.has(ownerAtOpen)) gone.add(ownerAtOpen);
  }
  return gone.size === 0 ? ids : [...ids, ...gone];
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
