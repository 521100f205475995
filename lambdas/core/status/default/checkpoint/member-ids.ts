import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { Member } from '../../../cluster/group.ts';
import type { GroupMemory, MemberMemory } from '../group-memory.ts';
import { NOWHERE, placeReader, placeWriter } from './places.ts';

/** Texts of a group that are told by their places here. */
export interface MemberIds {
  /** Of its members first, then of owners that have left. */
  readonly ids: readonly string[];
  /** By member. */
  readonly clientIds: readonly string[];
}

/** Writes a group's members: those that the last snapshot lists by their places there. */
export function membersWriter(columns: ColumnWriter) {
  const { present, places, gone } = columnsBy((name) => columns.column(name));
  const to = placeWriter(places);
  return (group: GroupMemory, last: readonly Member[]): MemberIds => {
    const { ids, clientIds } = memberIdsOf(group);
    present.put(group.members.size);
    to.restart();
    for (const member of group.members.values()) {
      const expected = to.expected();
      const place = isSame(last[expected], member) ? expected : last.findIndex((one) => isSame(one, member));
      to.put(place);
      if (place !== NOWHERE) continue;
      for (const text of [member.memberId, member.clientId, member.host]) columns.text(text);
    }
    gone.put(ids.length - group.members.size);
    for (let at = group.members.size; at < ids.length; at += 1) columns.text(ids[at] ?? '');
    return { ids, clientIds };
  };
}

/** The opposite, into a group without members. */
export function membersReader(columns: ColumnReader) {
  const { present, places, gone } = columnsBy((name) => columns.column(name));
  const from = placeReader(places);
  return ({ members }: GroupMemory, last: readonly Member[]): MemberIds => {
    const [ids, clientIds]: [string[], string[]] = [[], []];
    from.restart();
    for (let left = present.takeCount(); left > 0; left -= 1) {
      const place = from.take();
      const member = place === NOWHERE ? newMember(columns) : last[place];
      if (member === undefined) throw corrupt(`names member ${place} of ${last.length}`);
      // The snapshot's own member does, without another copy of it.
      members.set(member.memberId, member);
      ids.push(member.memberId);
      clientIds.push(member.clientId);
    }
    for (let left = gone.takeCount(); left > 0; left -= 1) ids.push(columns.text());
    return { ids, clientIds };
  };
}

const columnsBy = <Column>(column: (name: string) => Column) => ({
  present: column('group.members'),
  places: column('group.member'),
  gone: column('group.ownersGone'),
});

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
