import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { GroupSnapshot } from '../../../cluster/group.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import type { GroupMemory } from '../group-memory.ts';
import { PartitionMemory } from '../partition-memory.ts';
import type { PartitionList } from './checkpoint-partition.ts';
import { troubleReader, troubleWriter } from './checkpoint-trouble.ts';
import { idAt, placeOf } from './member-ids.ts';

const COLUMNS = ['group.topics', 'group.topic', 'group.partitions'];
const PARTITION_COLUMNS = ['partition.number', 'partition.generationsAgo', 'partition.owner'];

/** Which partitions a group has, and whose each is. @param all lists them, for what all partitions have alike */
export function groupTopicsWriter(columns: ColumnWriter, { atMs, topics: known }: ClusterMemory, all: PartitionList) {
  const [topics, place, partitions] = COLUMNS.map((name) => columns.column(name));
  const [number, generationsAgo, owner] = PARTITION_COLUMNS.map((name) => columns.column(name));
  const writeTrouble = troubleWriter(columns, atMs);
  const places = new Map(Array.from(known.keys(), (topic, index) => [topic, index]));
  let expectedPlace = 0;
  return ({ byTopic }: GroupMemory, ids: readonly string[], last: GroupSnapshot | undefined): void => {
    topics?.put(byTopic.size);
    for (const [topic, list] of byTopic) {
      const topicPlace = places.get(topic) ?? 0;
      place?.put(topicPlace, expectedPlace);
      expectedPlace = topicPlace + 1;
      const present = list.filter((p) => p !== null);
      partitions?.put(present.length);
      let expectedNumber = 0;
      for (const p of present) {
        number?.put(p.partition, expectedNumber);
        expectedNumber = p.partition + 1;
        generationsAgo?.put(p.log.generation - p.generation);
        owner?.put(placeOf(ids, p.owner));
        writeTrouble(p, ids);
      }
      addPartitions(all, present, last);
    }
  };
}

/** The opposite, into a group without partitions. */
export function groupTopicsReader(columns: ColumnReader, memory: ClusterMemory, all: PartitionList) {
  const [topics, place, partitions] = COLUMNS.map((name) => columns.column(name));
  const [number, generationsAgo, owner] = PARTITION_COLUMNS.map((name) => columns.column(name));
  const readTrouble = troubleReader(columns, memory.atMs);
  const names = [...memory.topics.keys()];
  let expectedPlace = 0;
  return (group: GroupMemory, ids: readonly string[], last: GroupSnapshot | undefined): void => {
    const mine: PartitionMemory[] = [];
    for (let left = topics?.takeCount() ?? 0; left > 0; left -= 1) {
      const topicPlace = place?.take(expectedPlace) ?? 0;
      expectedPlace = topicPlace + 1;
      const topic = names[topicPlace];
      if (topic === undefined) throw corrupt(`names topic ${topicPlace} of ${names.length}`);
      const logs = memory.topics.get(topic)?.logs ?? [];
      const present: PartitionMemory[] = [];
      let expectedNumber = 0;
      for (let of = partitions?.takeCount(logs.length) ?? 0; of > 0; of -= 1) {
        const partition = number?.take(expectedNumber) ?? 0;
        expectedNumber = partition + 1;
        const log = logs[partition];
        if (log === undefined) throw corrupt(`lacks the log of partition ${partition}`);
        const p = new PartitionMemory(memory.partitionRows, topic, partition, log);
        p.generation = log.generation - (generationsAgo?.take() ?? 0);
        p.owner = idAt(ids, owner?.takeCount() ?? 0);
        readTrouble(p, ids);
        present.push(p);
        mine.push(p);
      }
      group.byTopic.set(topic, byNumber(present));
      addPartitions(all, present, last);
    }
    group.partitions = mine.slice();
  };
}

/** Partitions that the group has nothing to do with leave a hole. */
function byNumber(present: readonly PartitionMemory[]): (PartitionMemory | null)[] {
  if (present.at(-1)?.partition === present.length - 1) return present.slice();
  const list: (PartitionMemory | null)[] = [];
  for (const p of present) {
    while (list.length < p.partition) list.push(null);
    list.push(p);
  }
  return list;
}

/** Partitions of one topic. */
function addPartitions(
  { partitions, offsets }: PartitionList,
  present: readonly PartitionMemory[],
  last: GroupSnapshot | undefined,
): void {
  const [p] = present;
  if (p === undefined) return;
  const committed = last?.committed.get(p.topic);
  const share = last?.share?.get(p.topic);
  for (const one of present) {
    const { partition } = one;
    partitions.push(one);
    offsets.push(committed?.[partition] ?? share?.[partition]?.startOffset ?? Number.NaN);
  }
}
