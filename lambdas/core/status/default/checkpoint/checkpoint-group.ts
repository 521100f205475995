import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import { GROUP_STATES, GROUP_TYPES } from '../../../cluster/group.ts';
import type { ClusterSnapshot } from '../../../cluster/snapshot.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import { newGroup } from '../group-memory.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { partitionReader, partitionWriter, readPartitionFields, writePartitionFields } from './checkpoint-partition.ts';
import type { TrailInstants } from './checkpoint-trail.ts';
import { groupFieldsReader, groupFieldsWriter } from './group-fields.ts';
import { listsReader, listsWriter } from './group-lists.ts';
import { membersReader, membersWriter } from './member-ids.ts';

/** What groups are written against: the last snapshot, and the instants that trails tell of. */
export interface GroupBasis {
  readonly last: ClusterSnapshot;
  readonly instants: TrailInstants;
}

const COLUMNS = ['groups', 'group.type', 'group.state', 'group.topics', 'group.topic', 'group.partitions'];

export function writeGroups(columns: ColumnWriter, memory: ClusterMemory, { last, instants }: GroupBasis): void {
  const { atMs, axis, groups } = memory;
  const [count, type, state, topics, place, partitions] = COLUMNS.map((name) => columns.column(name));
  const places = new Map(Array.from(memory.topics.keys(), (topic, index) => [topic, index]));
  let expectedPlace = 0;
  const writeFields = groupFieldsWriter(columns, atMs);
  const writeLists = listsWriter(columns, axis);
  const writeMembers = membersWriter(columns);
  const writePartition = partitionWriter(columns, memory);
  const written: PartitionMemory[] = [];
  count?.put(groups.size);
  for (const group of groups.values()) {
    columns.text(group.name);
    type?.put(GROUP_TYPES.indexOf(group.type));
    state?.put(GROUP_STATES.indexOf(group.state));
    writeFields(group);
    writeLists(group);
    const ids = writeMembers(group);
    topics?.put(group.byTopic.size);
    for (const [topic, list] of group.byTopic) {
      const topicPlace = places.get(topic) ?? 0;
      place?.put(topicPlace, expectedPlace);
      expectedPlace = topicPlace + 1;
      const present = list.filter((p) => p !== null);
      partitions?.put(present.length);
      for (const p of present) writePartition(p, ids, last.groups.get(group.name));
      written.push(...present);
    }
  }
  writePartitionFields(columns, memory, instants, written);
}

/** The opposite, into a cluster whose topics and axis are restored. */
export function readGroups(columns: ColumnReader, memory: ClusterMemory, { last, instants }: GroupBasis): void {
  const { atMs, topics: known, groups } = memory;
  const [count, type, state, topics, place, partitions] = COLUMNS.map((name) => columns.column(name));
  const names = [...known.keys()];
  let expectedPlace = 0;
  const readFields = groupFieldsReader(columns, atMs);
  const readLists = listsReader(columns);
  const readMembers = membersReader(columns);
  const readPartition = partitionReader(columns, memory);
  const found: PartitionMemory[] = [];
  for (let left = count?.takeCount() ?? 0; left > 0; left -= 1) {
    const group = newGroup(columns.text(), Number.NaN);
    group.type = GROUP_TYPES[type?.takeCount() ?? 0] ?? 'classic';
    group.state = GROUP_STATES[state?.takeCount() ?? 0] ?? 'Unknown';
    readFields(group);
    readLists(group);
    const ids = readMembers(group);
    const snapshot = last.groups.get(group.name);
    for (let of = topics?.takeCount() ?? 0; of > 0; of -= 1) {
      const topicPlace = place?.take(expectedPlace) ?? 0;
      expectedPlace = topicPlace + 1;
      const topic = names[topicPlace];
      if (topic === undefined) throw corrupt(`names topic ${topicPlace} of ${names.length}`);
      const logs = known.get(topic)?.logs ?? [];
      const length = partitions?.takeCount(logs.length) ?? 0;
      const list: (PartitionMemory | null)[] = [];
      for (let partition = length; partition > 0; partition -= 1) {
        const p = readPartition({ topic, logs }, ids, snapshot);
        // Partitions that the group has nothing to do with leave a hole.
        while (list.length < p.partition) list.push(null);
        list.push(p);
        group.partitions.push(p);
        found.push(p);
      }
      group.byTopic.set(topic, list);
    }
    groups.set(group.name, group);
  }
  readPartitionFields(columns, memory, instants, found);
}
