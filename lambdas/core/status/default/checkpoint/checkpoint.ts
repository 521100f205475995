import { type ColumnReader, columnReader } from '../../../bytes/column-reader.ts';
import { type ColumnWriter, columnWriter } from '../../../bytes/column-writer.ts';
import type { ClusterSnapshot } from '../../../cluster/snapshot.ts';
import { readingCheckpoint } from '../../checkpoint-errors.ts';
import type { Checkpoint, CheckpointAt } from '../../ruleset.ts';
import { type ClusterMemory, emptyCluster } from '../cluster-memory.ts';
import { AXIS } from '../log-memory.ts';
import { readGroups, writeGroups } from './checkpoint-group.ts';
import { readTopics, writeTopics } from './checkpoint-topic.ts';
import { instantsAt, trailInstantsOf } from './trail-instants.ts';

/** Raised whenever what is written, or the order of the rules, changes. */
const FORMAT = 5;

/**
 * All that a run remembers, as columns of ages and of distances from what the reader will expect. What the last snapshot
 * tells is not told again.
 */
export function renderCheckpoint(memory: ClusterMemory, last: ClusterSnapshot): Checkpoint {
  const columns = columnWriter(FORMAT);
  const instants = trailInstantsOf(memory);
  writeCluster(columns, memory, instants.atMs);
  writeTopics(columns, memory, last);
  writeGroups(columns, memory, { last, instants });
  return columns.finish();
}

/** The memory that was rendered. Throws STORE_CORRUPT on anything else. */
export function parseCheckpoint({ checkpoint, last }: CheckpointAt): ClusterMemory {
  return readingCheckpoint('default', () => {
    const columns = columnReader(checkpoint, FORMAT);
    const memory = emptyCluster();
    const instants = instantsAt(readCluster(columns, memory), memory.axis);
    readTopics(columns, memory, last);
    readGroups(columns, memory, { last, instants });
    columns.finish();
    return memory;
  });
}

function writeCluster(columns: ColumnWriter, memory: ClusterMemory, instants: readonly number[]): void {
  const cluster = columns.column('cluster');
  const [axisAges, ages] = ['axis', 'instants'].map((name) => columns.column(name));
  const { atMs, samples, troubledSinceMs, troubledAtMs } = memory;
  for (const value of [atMs, samples, troubledSinceMs, troubledAtMs]) cluster.put(value);
  for (const value of [memory.axis.cells.length, instants.length]) cluster.put(value);
  for (const cell of memory.axis.cells) axisAges?.put(memory.atMs - (memory.axis.atMs[cell] ?? 0));
  for (const instantMs of instants) ages?.put(memory.atMs - instantMs);
}

/** Into an empty memory. @returns the instants that trails tell of */
function readCluster(columns: ColumnReader, memory: ClusterMemory): readonly number[] {
  const cluster = columns.column('cluster');
  const [axisAges, ages] = ['axis', 'instants'].map((name) => columns.column(name));
  memory.atMs = cluster.take();
  memory.samples = cluster.takeCount();
  memory.troubledSinceMs = cluster.take();
  memory.troubledAtMs = cluster.take();
  const [cells, instants] = [cluster.takeCount(AXIS.capacity), cluster.takeCount()];
  for (let cell = 0; cell < cells; cell += 1) {
    memory.axis.cells.push(cell);
    memory.axis.atMs.push(memory.atMs - (axisAges?.take() ?? 0));
  }
  return Array.from({ length: instants }, () => memory.atMs - (ages?.take() ?? 0));
}
