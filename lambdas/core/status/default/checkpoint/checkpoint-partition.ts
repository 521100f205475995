import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { GroupSnapshot } from '../../../cluster/group.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import type { LogMemory } from '../log-memory.ts';
import { PARTITION_CELLS, PartitionMemory } from '../partition-memory.ts';
import { blocksOf } from './blocks.ts';
import { type TrailInstants, trailReader, trailWriter } from './checkpoint-trail.ts';
import { troubleReader, troubleWriter } from './checkpoint-trouble.ts';
import { idAt, placeOf } from './member-ids.ts';
import { readRows, rowFields, writeRows } from './row-fields.ts';

const FIELDS = rowFields('partition', PARTITION_CELLS, [
  'seenAtMs',
  'producedAtMs',
  'idleSinceMs',
  'lastAdvanceAtMs',
  'vanishedAtMs',
  'ownerSinceMs',
  'keepsUpSinceMs',
  'overSinceMs',
  'pending',
  'beforeHistory',
  'restingMessages',
  'stuckSamples',
  'quietSamples',
  'advances',
  'sustainedPerS',
]);

const OWN_COLUMNS = ['number', 'committedOffset', 'endAtAdvance', 'lagMessages', 'generationsAgo', 'owner'] as const;

/** What all partitions have alike, column by column. */
export function writePartitionFields(
  columns: ColumnWriter,
  { atMs, axis }: ClusterMemory,
  instants: TrailInstants,
  partitions: readonly PartitionMemory[],
): void {
  const writeTrail = trailWriter(columns, axis, instants);
  for (const block of blocksOf(partitions)) {
    writeRows(columns, FIELDS, block, atMs);
    for (const p of block) writeTrail(p);
  }
}

/** The opposite, into partitions whose offsets are read. */
export function readPartitionFields(
  columns: ColumnReader,
  { atMs, axis }: ClusterMemory,
  instants: TrailInstants,
  partitions: readonly PartitionMemory[],
): void {
  const readTrail = trailReader(columns, axis, instants);
  for (const block of blocksOf(partitions)) {
    readRows(columns, FIELDS, block, atMs);
    for (const p of block) readTrail(p);
  }
}

/** Offsets are written against what the last snapshot says, and against the log's end. */
export function partitionWriter(columns: ColumnWriter, { atMs }: ClusterMemory) {
  const [number, committed, endAtAdvance, lag, generationsAgo, owner] = OWN_COLUMNS.map((name) =>
    columns.column(`partition.${name}`),
  );
  const writeTrouble = troubleWriter(columns, atMs);
  return (p: PartitionMemory, ids: readonly string[], last: GroupSnapshot | undefined): void => {
    number?.put(p.partition);
    committed?.put(p.committedOffset, expectedOffset(p, last));
    endAtAdvance?.put(p.endAtAdvance, known(p.log.endOffset));
    lag?.put(p.lagMessages, expectedLag(p));
    generationsAgo?.put(p.log.generation - p.generation);
    owner?.put(placeOf(ids, p.owner));
    writeTrouble(p, ids);
  };
}

/** The opposite, given the topic's logs. */
export function partitionReader(columns: ColumnReader, { atMs, partitionRows }: ClusterMemory) {
  const [number, committed, endAtAdvance, lag, generationsAgo, owner] = OWN_COLUMNS.map((name) =>
    columns.column(`partition.${name}`),
  );
  const readTrouble = troubleReader(columns, atMs);
  return (
    { topic, logs }: { readonly topic: string; readonly logs: readonly LogMemory[] },
    ids: readonly string[],
    last: GroupSnapshot | undefined,
  ): PartitionMemory => {
    const partition = number?.takeCount(logs.length) ?? 0;
    const log = logs[partition];
    if (log === undefined) throw corrupt(`lacks the log of partition ${partition}`);
    const p = new PartitionMemory(partitionRows, topic, partition, log);
    p.committedOffset = committed?.take(expectedOffset(p, last)) ?? Number.NaN;
    p.endAtAdvance = endAtAdvance?.take(known(log.endOffset)) ?? Number.NaN;
    p.lagMessages = lag?.take(expectedLag(p)) ?? Number.NaN;
    p.generation = log.generation - (generationsAgo?.take() ?? 0);
    p.owner = idAt(ids, owner?.takeCount() ?? 0);
    readTrouble(p, ids);
    return p;
  };
}

const expectedOffset = ({ topic, partition, log }: PartitionMemory, last: GroupSnapshot | undefined): number =>
  last?.committed.get(topic)?.[partition] ?? last?.share?.get(topic)?.[partition]?.startOffset ?? known(log.endOffset);

const expectedLag = ({ log, committedOffset }: PartitionMemory): number => known(log.endOffset - committedOffset);

/** What is not known makes a prediction of 0. */
const known = (offset: number): number => (Number.isNaN(offset) ? 0 : offset);
