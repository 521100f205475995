import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { GroupSnapshot } from '../../../cluster/group.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import type { GroupMemory } from '../group-memory.ts';
import { PartitionMemory } from '../partition-memory.ts';
import type { PartitionBlocks } from './checkpoint-partition.ts';
import { troubleReader, troubleWriter } from './checkpoint-trouble.ts';
import { idAt, placeOf } from './member-ids.ts';

const COLUMNS = ['group.topics', 'group.topic', 'group.partitions'];
const PARTITION_COLUMNS = ['partition.number', 'partition.generationsAgo', 'partition.owner'];

/** Which partitions a group has, and whose each is. */
export interface GroupTopics {
  /** @param last what the last snapshot says of the group */
  code(group: GroupMemory, ids: readonly string[], last: GroupSnapshot | undefined): void;
  /** After the last group. */
  end(): void;
}

/** @param partitions takes what all partitions have alike */
export function groupTopicsWriter(
  columns: ColumnWriter,
  { atMs, topics: known }: ClusterMemory,
  partitions: PartitionBlocks,
): GroupTopics {
  const [topics, place, length] = COLUMNS.map((name) => columns.column(name));
  const [number, generationsAgo, owner] = PARTITION_COLUMNS.map((name) => columns.column(name));
  const trouble = troubleWriter(columns, atMs);
  const places = new Map(Array.from(known.keys(), (topic, index) => [topic, index]));
  let expectedPlace = 0;
  return {
    code({ byTopic }, ids, last) {
      topics?.put(byTopic.size);
      for (const [topic, list] of byTopic) {
        const topicPlace = places.get(topic) ?? 0;
        place?.put(topicPlace, expectedPlace);
        expectedPlace = topicPlace + 1;
        length?.put(list.reduce((sum, p) => (p === null ? sum : sum + 1), 0));
        const toldOf = toldOffsets(last, topic);
        let expectedNumber = 0;
        for (const p of list) {
          if (p === null) continue;
          number?.put(p.partition, expectedNumber);
          expectedNumber = p.partition + 1;
          generationsAgo?.put(p.log.generation - p.generation);
          owner?.put(placeOf(ids, p.owner));
          trouble.code(p, ids);
          partitions.add(p, toldOf(p.partition));
        }
      }
    },
    end() {
      trouble.end();
      partitions.end();
    },
  };
}

/** The opposite, into groups without partitions. */
export function groupTopicsReader(
  columns: ColumnReader,
  memory: ClusterMemory,
  partitions: PartitionBlocks,
): GroupTopics {
  const [topics, place, length] = COLUMNS.map((name) => columns.column(name));
  const [number, generationsAgo, owner] = PARTITION_COLUMNS.map((name) => columns.column(name));
  const trouble = troubleReader(columns, memory.atMs);
  const known = [...memory.topics];
  let expectedPlace = 0;
  return {
    code(group, ids, last) {
      const all: PartitionMemory[] = [];
      for (let left = topics?.takeCount() ?? 0; left > 0; left -= 1) {
        const topicPlace = place?.take(expectedPlace) ?? 0;
        expectedPlace = topicPlace + 1;
        const found = known[topicPlace];
        if (found === undefined) throw corrupt(`names topic ${topicPlace} of ${known.length}`);
        const [topic, { logs }] = found;
        const toldOf = toldOffsets(last, topic);
        const first = all.length;
        let expectedNumber = 0;
        for (let of = length?.takeCount(logs.length) ?? 0; of > 0; of -= 1) {
          const partition = number?.take(expectedNumber) ?? 0;
          expectedNumber = partition + 1;
          const log = logs[partition];
          if (log === undefined) throw corrupt(`lacks the log of partition ${partition}`);
          const p = new PartitionMemory(memory.partitionRows, topic, partition, log);
          p.generation = log.generation - (generationsAgo?.take() ?? 0);
          p.owner = idAt(ids, owner?.takeCount() ?? 0);
          trouble.code(p, ids);
          partitions.add(p, toldOf(partition));
          all.push(p);
        }
        group.byTopic.set(topic, byNumber(all.slice(first)));
      }
      group.partitions = all.slice();
    },
    end() {
      trouble.end();
      partitions.end();
    },
  };
}

/** Where the last snapshot says that a group stands in a topic's partitions; NaN: nowhere. */
function toldOffsets(last: GroupSnapshot | undefined, topic: string): (partition: number) => number {
  const committed = last?.committed.get(topic);
  const share = last?.share?.get(topic);
  return (partition) => committed?.[partition] ?? share?.[partition]?.startOffset ?? Number.NaN;
}

/** Partitions that the group has nothing to do with leave a hole. */
function byNumber(present: PartitionMemory[]): (PartitionMemory | null)[] {
  if (present.at(-1)?.partition === present.length - 1) return present;
  const list: (PartitionMemory | null)[] = [];
  for (const p of present) {
    while (list.length < p.partition) list.push(null);
    list.push(p);
  }
  return list;
}
