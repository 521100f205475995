import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { GROUP_STATES, GROUP_TYPES } from '../../../cluster/group.ts';
import type { ClusterSnapshot } from '../../../cluster/snapshot.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import { type GroupMemory, newGroup } from '../group-memory.ts';
import { inBlocks } from './blocks.ts';
import { partitionsReader, partitionsWriter } from './checkpoint-partition.ts';
import { groupFieldsReader, groupFieldsWriter } from './group-fields.ts';
import { listsReader, listsWriter } from './group-lists.ts';
import { groupTopicsReader, groupTopicsWriter } from './group-topics.ts';
import { textReader, textWriter } from './known-texts.ts';
import { membersReader, membersWriter } from './member-ids.ts';
import type { TrailInstants } from './trail-instants.ts';

/** What groups are written against: the last snapshot, and the instants that trails tell of. */
export interface GroupBasis {
  readonly last: ClusterSnapshot;
  readonly instants: TrailInstants;
}

const COLUMNS = ['groups', 'group.type', 'group.state'];

export function writeGroups(columns: ColumnWriter, memory: ClusterMemory, { last, instants }: GroupBasis): void {
  const { atMs, axis, groups } = memory;
  const [count, type, state] = COLUMNS.map((name) => columns.column(name));
  const writeName = textWriter(columns, 'group.name', [...last.groups.keys()]);
  const fields = inBlocks<GroupMemory, null>(groupFieldsWriter(columns, atMs));
  const writeMembers = membersWriter(columns);
  const writeLists = listsWriter(columns, axis);
  const topics = groupTopicsWriter(columns, memory, partitionsWriter(columns, { atMs, instants }));
  count?.put(groups.size);
  for (const group of groups.values()) {
    const snapshot = last.groups.get(group.name);
    writeName(group.name);
    type?.put(GROUP_TYPES.indexOf(group.type));
    state?.put(GROUP_STATES.indexOf(group.state));
    fields.add(group, null);
    const { ids, clientIds } = writeMembers(group, snapshot?.members ?? []);
    writeLists(group, clientIds);
    topics.code(group, ids, snapshot);
  }
  fields.end();
  topics.end();
}

/** The opposite, into a cluster whose topics and axis are restored. */
export function readGroups(columns: ColumnReader, memory: ClusterMemory, { last, instants }: GroupBasis): void {
  const { atMs, groups } = memory;
  const [count, type, state] = COLUMNS.map((name) => columns.column(name));
  const readName = textReader(columns, 'group.name', [...last.groups.keys()]);
  const fields = inBlocks<GroupMemory, null>(groupFieldsReader(columns, atMs));
  const readMembers = membersReader(columns);
  const readLists = listsReader(columns);
  const topics = groupTopicsReader(columns, memory, partitionsReader(columns, { atMs, instants }));
  for (let left = count?.takeCount() ?? 0; left > 0; left -= 1) {
    const group = newGroup(readName(), Number.NaN);
    const snapshot = last.groups.get(group.name);
    group.type = GROUP_TYPES[type?.takeCount() ?? 0] ?? 'classic';
    group.state = GROUP_STATES[state?.takeCount() ?? 0] ?? 'Unknown';
    fields.add(group, null);
    const { ids, clientIds } = readMembers(group, snapshot?.members ?? []);
    readLists(group, clientIds);
    topics.code(group, ids, snapshot);
    groups.set(group.name, group);
  }
  fields.end();
  topics.end();
}
