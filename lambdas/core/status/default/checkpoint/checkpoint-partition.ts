import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { PARTITION_CELLS, type PartitionMemory } from '../partition-memory.ts';
import { blocksOf } from './blocks.ts';
import { trailsReader, trailsWriter } from './checkpoint-trail.ts';
import { type PredictedField, predictedReader, predictedWriter } from './predicted-fields.ts';
import { rowFields, rowsReader, rowsWriter } from './row-fields.ts';
import type { TrailInstants } from './trail-instants.ts';

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
  'trailLength',
]);

/** Partitions in the order of their groups. */
export interface PartitionList {
  readonly partitions: PartitionMemory[];
  /** By partition, where the last snapshot says that its group stands; NaN where it does not say. */
  readonly offsets: number[];
}

/** What partitions are written against beside the last snapshot. */
export interface PartitionBasis {
  readonly atMs: number;
  readonly instants: TrailInstants;
}

/** What all partitions have alike, column by column. */
export function writePartitions(columns: ColumnWriter, { atMs, instants }: PartitionBasis, list: PartitionList): void {
  const writeOffsets = predictedWriter(columns, predictedFields(list));
  const writeRows = rowsWriter(columns, FIELDS, atMs);
  const writeTrails = trailsWriter(columns, instants);
  for (const block of blocksOf(list.partitions)) {
    writeOffsets(block);
    writeRows(block.rows);
    writeTrails(block.rows);
  }
}

/** The opposite, into partitions that are there, as are their logs. */
export function readPartitions(columns: ColumnReader, { atMs, instants }: PartitionBasis, list: PartitionList): void {
  const readOffsets = predictedReader(columns, predictedFields(list));
  const readRows = rowsReader(columns, FIELDS, atMs);
  const readTrails = trailsReader(columns, instants);
  for (const block of blocksOf(list.partitions)) {
    readOffsets(block);
    readRows(block.rows);
    readTrails(block.rows);
  }
}

/** A group is expected to stand where the last snapshot says, or at the log's end. */
const predictedFields = ({ offsets }: PartitionList): PredictedField<PartitionMemory>[] => [
  {
    name: 'partition.committedOffset',
    cell: PARTITION_CELLS.committedOffset,
    expectedOf: ({ log }, index) => {
      const told = offsets[index] ?? Number.NaN;
      return Number.isNaN(told) ? log.endOffset : told;
    },
  },
  {
    name: 'partition.endAtAdvance',
    cell: PARTITION_CELLS.endAtAdvance,
    expectedOf: ({ log }) => log.endOffset,
  },
  {
    name: 'partition.lagMessages',
    cell: PARTITION_CELLS.lagMessages,
    expectedOf: ({ log, committedOffset }) => log.endOffset - committedOffset,
  },
];
