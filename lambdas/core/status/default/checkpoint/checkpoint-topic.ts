import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { ClusterSnapshot, PartitionLog } from '../../../cluster/snapshot.ts';
import type { ClusterMemory, TopicMemory } from '../cluster-memory.ts';
import { LOG_CELLS, LogMemory } from '../log-memory.ts';
import { blocksOf } from './blocks.ts';
import { readEnds, writeEnds } from './ends.ts';
import { readRows, rowFields, writeRows } from './row-fields.ts';

const FIELDS = rowFields('log', LOG_CELLS, [
  'readAtMs',
  'endMovedAtMs',
  'startThenAtMs',
  'busySamples',
  'quietSamples',
  'generation',
]);

/** Topics and their logs; offsets against those of the last snapshot. */
export function writeTopics(columns: ColumnWriter, memory: ClusterMemory, last: ClusterSnapshot): void {
  const { atMs, axis, topics } = memory;
  const [count, seen, length] = TOPIC_COLUMNS.map((name) => columns.column(name));
  const [end, start, startThen] = OFFSET_COLUMNS.map((name) => columns.column(name));
  const written: LogMemory[] = [];
  count?.put(topics.size);
  for (const [name, { logs, seenAtMs }] of topics) {
    columns.text(name);
    seen?.put(atMs - seenAtMs);
    length?.put(logs.length);
    const read = last.topics.get(name);
    for (const [partition, log] of logs.entries()) {
      end?.put(log.endOffset, expectedEnd(read?.[partition]));
      start?.put(log.startOffset, expectedStart(read?.[partition]));
      startThen?.put(log.startThenOffset, log.startOffset);
      written.push(log);
    }
  }
  for (const logs of blocksOf(written)) {
    writeRows(columns, FIELDS, logs, atMs);
    writeEnds(columns, axis, logs);
  }
}

/** The opposite. */
export function readTopics(columns: ColumnReader, memory: ClusterMemory, last: ClusterSnapshot): void {
  const { atMs, axis, topics } = memory;
  const [count, seen, length] = TOPIC_COLUMNS.map((name) => columns.column(name));
  const [end, start, startThen] = OFFSET_COLUMNS.map((name) => columns.column(name));
  const found: LogMemory[] = [];
  for (let left = count?.takeCount() ?? 0; left > 0; left -= 1) {
    const name = columns.text();
    const topic: TopicMemory = { logs: [], seenAtMs: atMs - (seen?.take() ?? 0) };
    const read = last.topics.get(name);
    const partitions = length?.takeCount() ?? 0;
    for (let partition = 0; partition < partitions; partition += 1) {
      const log = new LogMemory(memory.logRows);
      log.endOffset = end?.take(expectedEnd(read?.[partition])) ?? Number.NaN;
      log.startOffset = start?.take(expectedStart(read?.[partition])) ?? Number.NaN;
      log.startThenOffset = startThen?.take(log.startOffset) ?? Number.NaN;
      topic.logs.push(log);
      found.push(log);
    }
    topics.set(name, topic);
  }
  for (const logs of blocksOf(found)) {
    readRows(columns, FIELDS, logs, atMs);
    readEnds(columns, axis, logs);
  }
}

const TOPIC_COLUMNS = ['topics', 'topic.seenAtMs', 'topic.partitions'];
const OFFSET_COLUMNS = ['log.endOffset', 'log.startOffset', 'log.startThenOffset'];

const expectedEnd = (log: PartitionLog | null | undefined): number => log?.lastStableOffset ?? log?.logEndOffset ?? 0;

const expectedStart = (log: PartitionLog | null | undefined): number => log?.logStartOffset ?? 0;
