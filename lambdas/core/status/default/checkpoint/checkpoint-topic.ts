import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { ClusterSnapshot, PartitionLog } from '../../../cluster/snapshot.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import { LOG_CELLS, LogMemory } from '../log-memory.ts';
import { inBlocks } from './blocks.ts';
import { endsReader, endsWriter } from './ends.ts';
import { textReader, textWriter } from './known-texts.ts';
import { type PredictedField, predictedReader, predictedWriter } from './predicted-fields.ts';
import { rowFields, rowsReader, rowsWriter } from './row-fields.ts';

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
  const writeName = textWriter(columns, 'topic.name', [...last.topics.keys()]);
  const writeOffsets = predictedWriter(columns, OFFSETS);
  const writeRows = rowsWriter(columns, FIELDS, atMs);
  const writeEnds = endsWriter(columns, axis);
  const blocks = inBlocks<LogMemory, PartitionLog | null>((logs, told) => {
    writeOffsets(logs, told);
    writeRows(logs);
    writeEnds(logs);
  });
  count?.put(topics.size);
  for (const [name, { logs, seenAtMs }] of topics) {
    writeName(name);
    seen?.put(atMs - seenAtMs);
    length?.put(logs.length);
    const read = last.topics.get(name);
    let partition = 0;
    for (const log of logs) blocks.add(log, read?.[partition++] ?? null);
  }
  blocks.end();
}

/** The opposite. */
export function readTopics(columns: ColumnReader, memory: ClusterMemory, last: ClusterSnapshot): void {
  const { atMs, axis, topics } = memory;
  const [count, seen, length] = TOPIC_COLUMNS.map((name) => columns.column(name));
  const readName = textReader(columns, 'topic.name', [...last.topics.keys()]);
  const readOffsets = predictedReader(columns, OFFSETS);
  const readRows = rowsReader(columns, FIELDS, atMs);
  const readEnds = endsReader(columns, axis);
  const blocks = inBlocks<LogMemory, PartitionLog | null>((logs, told) => {
    readOffsets(logs, told);
    readRows(logs);
    readEnds(logs);
  });
  for (let left = count?.takeCount() ?? 0; left > 0; left -= 1) {
    const name = readName();
    const seenAtMs = atMs - (seen?.take() ?? 0);
    const read = last.topics.get(name);
    const logs: LogMemory[] = [];
    const partitions = length?.takeCount() ?? 0;
    for (let partition = 0; partition < partitions; partition += 1) {
      const log = new LogMemory(memory.logRows);
      logs.push(log);
      blocks.add(log, read?.[partition] ?? null);
    }
    topics.set(name, { logs: logs.slice(), seenAtMs });
  }
  blocks.end();
}

const TOPIC_COLUMNS = ['topics', 'topic.seenAtMs', 'topic.partitions'];

const OFFSETS: readonly PredictedField<LogMemory, PartitionLog | null>[] = [
  {
    name: 'log.endOffset',
    cell: LOG_CELLS.endOffset,
    expectedOf: (_, read) => read?.lastStableOffset ?? read?.logEndOffset ?? 0,
  },
  { name: 'log.startOffset', cell: LOG_CELLS.startOffset, expectedOf: (_, read) => read?.logStartOffset ?? 0 },
  { name: 'log.startThenOffset', cell: LOG_CELLS.startThenOffset, expectedOf: ({ startOffset }) => startOffset },
];
