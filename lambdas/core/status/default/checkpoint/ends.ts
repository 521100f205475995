import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import { LOG_STRIPS, type LogMemory } from '../log-memory.ts';
import { blockOfNumbers } from './blocks.ts';

/**
 * Writes the ends of a block of logs from the newest instant back, each as its distance from what the two after it make
 * one expect, and each instant in a column of its own: older ones lie farther apart and are larger.
 */
export function endsWriter(columns: ColumnWriter, axis: TimeAxis): (logs: readonly LogMemory[]) => void {
  const ends = blockOfNumbers();
  const walkBack = walkerBack(axis, (name) => columns.column(name));
  return (logs) => {
    walkBack(logs, (cell, column, expected) => {
      LOG_STRIPS.ends.getColumn(logs, cell, ends);
      column.putAll(ends, expected, logs.length);
      expected.set(ends);
    });
  };
}

/** The opposite, into logs whose last end is read. */
export function endsReader(columns: ColumnReader, axis: TimeAxis): (logs: readonly LogMemory[]) => void {
  const walkBack = walkerBack(axis, (name) => columns.column(name));
  return (logs) => {
    walkBack(logs, (cell, column, expected) => {
      column.takeAll(expected, logs.length);
      LOG_STRIPS.ends.putColumn(logs, cell, expected);
    });
  };
}

/**
 * Writing and reading are this one walk, and so can't disagree on what is expected. `code` writes or reads one instant of
 * all logs, and turns what is expected into what is.
 */
function walkerBack<Column>({ cells, atMs }: TimeAxis, columnOf: (name: string) => Column) {
  const ends = blockOfNumbers();
  const met: Met = { after: blockOfNumbers(), afterMs: blockOfNumbers(), perMs: blockOfNumbers() };
  const instants = cells
    .toReversed()
    .map((cell, back) => ({ cell, atMs: atMs[cell] ?? 0, column: columnOf(`end.${back}`) }));
  return (logs: readonly LogMemory[], code: (cell: number, column: Column, expected: Float64Array) => void): void => {
    meetLast(met, logs);
    for (const { cell, atMs, column } of instants) {
      expect(ends, met, atMs);
      code(cell, column, ends);
      meet(ends, met, atMs);
    }
  };
}

/** By log, the last end that was met on the way back, when it was that, and how fast ends rose then. */
interface Met {
  readonly after: Float64Array;
  readonly afterMs: Float64Array;
  readonly perMs: Float64Array;
}

function meetLast({ after, afterMs, perMs }: Met, logs: readonly LogMemory[]): void {
  afterMs.fill(0);
  perMs.fill(0);
  for (let index = 0; index < logs.length; index++) {
    const endOffset = logs[index]?.endOffset ?? Number.NaN;
    after[index] = Number.isNaN(endOffset) ? 0 : endOffset;
  }
}

function expect(ends: Float64Array, { after, afterMs, perMs }: Met, instantMs: number): void {
  for (let index = 0; index < ends.length; index++) {
    const sinceMs = (afterMs[index] ?? 0) - instantMs;
    ends[index] = Math.round((after[index] ?? 0) - (perMs[index] ?? 0) * sinceMs);
  }
}

function meet(ends: Float64Array, { after, afterMs, perMs }: Met, instantMs: number): void {
  for (let index = 0; index < ends.length; index++) {
    const end = ends[index] ?? Number.NaN;
    if (Number.isNaN(end)) continue;
    const sinceMs = (afterMs[index] ?? 0) - instantMs;
    perMs[index] = (afterMs[index] ?? 0) > 0 ? ((after[index] ?? 0) - end) / sinceMs : 0;
    after[index] = end;
    afterMs[index] = instantMs;
  }
}
