import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { LogMemory } from '../log-memory.ts';

/**
 * Logs' ends from the newest instant back, each as its distance from what the two after it make one expect, and each
 * instant in a column of its own: older ones lie farther apart and are larger.
 */
export function writeEnds(columns: ColumnWriter, axis: TimeAxis, logs: readonly LogMemory[]): void {
  walkBack(logs, axis, (cell, name, expected) => {
    const target = columns.column(name);
    for (const [index, log] of logs.entries()) {
      const end = log.at(cell);
      target.put(end, expected[index]);
      expected[index] = end;
    }
  });
}

/** The opposite, into logs whose last end is read. */
export function readEnds(columns: ColumnReader, axis: TimeAxis, logs: readonly LogMemory[]): void {
  walkBack(logs, axis, (cell, name, expected) => {
    columns.column(name).takeAll(expected);
    for (let index = 0; index < logs.length; index++) logs[index]?.putEnd(cell, expected[index] ?? Number.NaN);
  });
}

/**
 * Writing and reading are this one walk, and so can't disagree on what is expected.
 * @param code writes or reads one instant of all logs, and turns what is expected into what is
 */
function walkBack(
  logs: readonly LogMemory[],
  { cells, atMs }: TimeAxis,
  code: (cell: number, name: string, expected: Float64Array) => void,
): void {
  const ends = new Float64Array(logs.length);
  const after = Float64Array.from(logs, ({ endOffset }) => (Number.isNaN(endOffset) ? 0 : endOffset));
  const [afterMs, perMs] = [new Float64Array(logs.length), new Float64Array(logs.length)];
  for (let ordinal = cells.length - 1; ordinal >= 0; ordinal--) {
    const cell = cells[ordinal] ?? 0;
    const instantMs = atMs[cell] ?? 0;
    for (let index = 0; index < ends.length; index++) {
      const sinceMs = (afterMs[index] ?? 0) - instantMs;
      ends[index] = Math.round((after[index] ?? 0) - (perMs[index] ?? 0) * sinceMs);
    }
    code(cell, `end.${cells.length - 1 - ordinal}`, ends);
    for (let index = 0; index < ends.length; index++) {
      const end = ends[index] ?? Number.NaN;
      if (Number.isNaN(end)) continue;
      const sinceMs = (afterMs[index] ?? 0) - instantMs;
      perMs[index] = (afterMs[index] ?? 0) > 0 ? ((after[index] ?? 0) - end) / sinceMs : 0;
      after[index] = end;
      afterMs[index] = instantMs;
    }
  }
}
