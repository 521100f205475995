import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { Member } from '../../../cluster/group.ts';
import type { GroupMemory, MemberMemory } from '../group-memory.ts';

/** Texts of a group that are told by their places here. */
export interface MemberIds {
  /** Of its members first, then of owners that have left. */
  readonly ids: readonly string[];
  /** By member. */
  readonly clientIds: readonly string[];
}

/** Writes a group's members: those that the last snapshot lists by their places there. */
export function membersWriter(columns: ColumnWriter) {
  const [present, places, gone] = COLUMNS.map((name) => columns.column(name));
  return (group: GroupMemory, last: readonly Member[]): MemberIds => {
    const { ids, clientIds } = memberIdsOf(group);
    present?.put(group.members.size);
    let expected = 0;
    for (const member of group.members.values()) {
      const place = isSame(last[expected], member) ? expected : last.findIndex((one) => isSame(one, member));
      places?.put(place + 1, expected + 1);
      if (place >= 0) expected = place + 1;
      else for (const text of [member.memberId, member.clientId, member.host]) columns.text(text);
    }
    gone?.put(ids.length - group.members.size);
    for (let at = group.members.size; at < ids.length; at += 1) columns.text(ids[at] ?? '');
    return { ids, clientIds };
  };
}

/** The opposite, into a group without members. */
export function membersReader(columns: ColumnReader) {
  const [present, places, gone] = COLUMNS.map((name) => columns.column(name));
  return ({ members }: GroupMemory, last: readonly Member[]): MemberIds => {
    const [ids, clientIds]: [string[], string[]] = [[], []];
    let expected = 0;
    for (let left = present?.takeCount() ?? 0; left > 0; left -= 1) {
      const place = (places?.take(expected + 1) ?? 0) - 1;
      const member = place < 0 ? newMember(columns) : last[place];
      if (member === undefined) throw corrupt(`names member ${place} of ${last.length}`);
      // The snapshot's own member does, without another copy of it.
      members.set(member.memberId, member);
      ids.push(member.memberId);
      clientIds.push(member.clientId);
      if (place >= 0) expected = place + 1;
    }
    for (let left = gone?.takeCount() ?? 0; left > 0; left -= 1) ids.push(columns.text());
    return { ids, clientIds };
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

function memberIdsOf({ members, partitions }: GroupMemory): MemberIds {
  const [ids, clientIds]: [string[], string[]] = [[], []];
  for (const { memberId, clientId } of members.values()) {
    ids.push(memberId);
    clientIds.push(clientId);
  }
  const gone = new Set<string>();
  for (const { owner, trouble } of partitions) {
    if (owner !== null && !members.has(owner)) gone.add(owner);
    const ownerAtOpen = trouble?.ownerAtOpen ?? null;
    if (ownerAtOpen !== null && !members.has(ownerAtOpen)) gone.add(ownerAtOpen);
  }
  ids.push(...gone);
  return { ids, clientIds };
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
