import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { PARTITION_CELLS, type PartitionMemory } from '../partition-memory.ts';
import { type Blocks, inBlocks } from './blocks.ts';
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

/** Partitions in the order of their groups, each with where the last snapshot says that its group stands; NaN: nowhere. */
export type PartitionBlocks = Blocks<PartitionMemory, number>;

/** What partitions are written against beside the last snapshot. */
export interface PartitionBasis {
  readonly atMs: number;
  readonly instants: TrailInstants;
}

/** What all partitions have alike, column by column. */
export function partitionsWriter(columns: ColumnWriter, { atMs, instants }: PartitionBasis): PartitionBlocks {
  const writeOffsets = predictedWriter(columns, OFFSETS);
  const writeRows = rowsWriter(columns, FIELDS, atMs);
  const writeTrails = trailsWriter(columns, instants);
  return inBlocks((partitions, told) => {
    writeOffsets(partitions, told);
    writeRows(partitions);
    writeTrails(partitions);
  });
}

/** The opposite, into partitions that are there, as are their logs. */
export function partitionsReader(columns: ColumnReader, { atMs, instants }: PartitionBasis): PartitionBlocks {
  const readOffsets = predictedReader(columns, OFFSETS);
  const readRows = rowsReader(columns, FIELDS, atMs);
  const readTrails = trailsReader(columns, instants);
  return inBlocks((partitions, told) => {
    readOffsets(partitions, told);
    readRows(partitions);
    readTrails(partitions);
  });
}

/** A group is expected to stand where the last snapshot says, or at the log's end. */
const OFFSETS: readonly PredictedField<PartitionMemory, number>[] = [
  {
    name: 'partition.committedOffset',
    cell: PARTITION_CELLS.committedOffset,
    expectedOf: ({ log }, told) => (Number.isNaN(told) ? log.endOffset : told),
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
