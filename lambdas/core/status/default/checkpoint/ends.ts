import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { LogMemory } from '../log-memory.ts';

/**
 * A log's ends from the newest instant back, each as its distance from what the two after it make one expect, and each
 * instant in a column of its own: older ones lie farther apart and are larger.
 */
export function endsWriter(columns: ColumnWriter, axis: TimeAxis): (log: LogMemory) => void {
  const targets = axis.cells.map((_, ordinal) => columns.column(`end.${axis.cells.length - 1 - ordinal}`));
  return (log) => {
    walkBack(log, axis, (ordinal, end, expected) => {
      targets[ordinal]?.put(end, expected);
      return end;
    });
  };
}

/** The opposite. */
export function endsReader(columns: ColumnReader, axis: TimeAxis): (log: LogMemory) => void {
  const sources = axis.cells.map((_, ordinal) => columns.column(`end.${axis.cells.length - 1 - ordinal}`));
  return (log) => {
    walkBack(log, axis, (ordinal, _, expected) => sources[ordinal]?.take(expected) ?? Number.NaN);
  };
}

/** Writing and reading are this one walk, and so can't disagree on what is expected. */
function walkBack(
  log: LogMemory,
  { cells, atMs }: TimeAxis,
  code: (ordinal: number, end: number, expected: number) => number,
): void {
  let [afterMs, after, perMs] = [0, Number.isNaN(log.endOffset) ? 0 : log.endOffset, 0];
  for (let ordinal = cells.length - 1; ordinal >= 0; ordinal--) {
    const cell = cells[ordinal] ?? 0;
    const instantMs = atMs[cell] ?? 0;
    const end = code(ordinal, log.at(cell), Math.round(after - perMs * (afterMs - instantMs)));
    log.putEnd(cell, end);
    if (Number.isNaN(end)) continue;
    perMs = afterMs > 0 ? (after - end) / (afterMs - instantMs) : 0;
    [afterMs, after] = [instantMs, end];
  }
}
