import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { ClusterSnapshot, PartitionLog } from '../../../cluster/snapshot.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import { LOG_CELLS, LogMemory } from '../log-memory.ts';
import { blocksOf } from './blocks.ts';
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
  const all = newLogs();
  count?.put(topics.size);
  for (const [name, { logs, seenAtMs }] of topics) {
    writeName(name);
    seen?.put(atMs - seenAtMs);
    length?.put(logs.length);
    const read = last.topics.get(name);
    for (let partition = 0; partition < logs.length; partition++) addLog(all, logs[partition], read?.[partition]);
  }
  const writeOffsets = predictedWriter(columns, predictedFields(all));
  const writeRows = rowsWriter(columns, FIELDS, atMs);
  const writeEnds = endsWriter(columns, axis);
  for (const block of blocksOf(all.logs)) {
    writeOffsets(block);
    writeRows(block.rows);
    writeEnds(block.rows);
  }
}

/** The opposite. */
export function readTopics(columns: ColumnReader, memory: ClusterMemory, last: ClusterSnapshot): void {
  const { atMs, axis, topics } = memory;
  const [count, seen, length] = TOPIC_COLUMNS.map((name) => columns.column(name));
  const readName = textReader(columns, 'topic.name', [...last.topics.keys()]);
  const all = newLogs();
  for (let left = count?.takeCount() ?? 0; left > 0; left -= 1) {
    const name = readName();
    const logs: LogMemory[] = [];
    const seenAtMs = atMs - (seen?.take() ?? 0);
    const read = last.topics.get(name);
    const partitions = length?.takeCount() ?? 0;
    for (let partition = 0; partition < partitions; partition += 1) {
      const log = new LogMemory(memory.logRows);
      logs.push(log);
      addLog(all, log, read?.[partition]);
    }
    topics.set(name, { logs: logs.slice(), seenAtMs });
  }
  const readOffsets = predictedReader(columns, predictedFields(all));
  const readRows = rowsReader(columns, FIELDS, atMs);
  const readEnds = endsReader(columns, axis);
  for (const block of blocksOf(all.logs)) {
    readOffsets(block);
    readRows(block.rows);
    readEnds(block.rows);
  }
}

const TOPIC_COLUMNS = ['topics', 'topic.seenAtMs', 'topic.partitions'];

/** All logs in the order of their topics, and what is expected of each. */
interface Logs {
  readonly logs: LogMemory[];
  readonly ends: number[];
  readonly starts: number[];
}

const newLogs = (): Logs => ({ logs: [], ends: [], starts: [] });

function addLog({ logs, ends, starts }: Logs, log: LogMemory | undefined, read: PartitionLog | null | undefined): void {
  if (log === undefined) return;
  logs.push(log);
  ends.push(read?.lastStableOffset ?? read?.logEndOffset ?? 0);
  starts.push(read?.logStartOffset ?? 0);
}

const predictedFields = ({ ends, starts }: Logs): PredictedField<LogMemory>[] => [
  { name: 'log.endOffset', cell: LOG_CELLS.endOffset, expectedOf: (_, index) => ends[index] ?? 0 },
  { name: 'log.startOffset', cell: LOG_CELLS.startOffset, expectedOf: (_, index) => starts[index] ?? 0 },
  { name: 'log.startThenOffset', cell: LOG_CELLS.startThenOffset, expectedOf: ({ startOffset }) => startOffset },
];
