import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import { corrupt } from '../../../bytes/corrupt.ts';
import type { LogMemory } from '../log-memory.ts';
import { type PartitionMemory, TRAIL, TRAIL_CAPACITY } from '../partition-memory.ts';
import { BLOCK_ROWS } from './blocks.ts';
import type { TrailInstants } from './trail-instants.ts';

/**
 * Writes the trails of a block of partitions, each from its newest advance back: how many instants lie between, the lag,
 * and how far the offset was from where the log's end and that lag put it. Where the axis still holds the instant, that
 * is nearly always 0.
 */
export function trailsWriter(
  columns: ColumnWriter,
  instants: TrailInstants,
): (trails: readonly PartitionMemory[]) => void {
  const [steps, lags, offsets] = TRAIL_COLUMNS.map((name) => columns.column(name));
  const all = newPoints();
  const [ones, zeroes, told] = [newNumbers().fill(1), newNumbers(), newNumbers()];
  return (trails) => {
    let at = 0;
    for (const p of trails) {
      let after = instants.atMs.length;
      for (let index = p.trailLength - 1; index >= 0; index--) {
        const place = instants.placeOf(TRAIL.trailAtMs.get(p, index));
        const lag = TRAIL.trailLag.get(p, index);
        all.steps[at] = after - place;
        all.lags[at] = lag;
        all.offsets[at] = endAt(p.log, place, instants) - lag;
        told[at] = TRAIL.trailOffset.get(p, index);
        after = place;
        at += 1;
      }
    }
    steps?.putAll(all.steps, ones, at);
    lags?.putAll(all.lags, zeroes, at);
    offsets?.putAll(told, all.offsets, at);
  };
}

/** The opposite, into partitions whose trails have their lengths and nothing else. */
export function trailsReader(
  columns: ColumnReader,
  instants: TrailInstants,
): (trails: readonly PartitionMemory[]) => void {
  const [steps, lags, offsets] = TRAIL_COLUMNS.map((name) => columns.column(name));
  const all = newPoints();
  return (trails) => {
    let count = 0;
    for (const p of trails) {
      if (p.trailLength > TRAIL_CAPACITY) throw corrupt(`holds a trail of ${p.trailLength} advances`);
      count += p.trailLength;
    }
    all.steps.fill(1);
    all.lags.fill(0);
    steps?.takeAll(all.steps, count);
    lags?.takeAll(all.lags, count);
    expectOffsets(all, instants, trails);
    offsets?.takeAll(all.offsets, count);
    let at = 0;
    for (const p of trails) {
      TRAIL.trailAtMs.fillBack(p, all.atMs, at, p.trailLength);
      TRAIL.trailOffset.fillBack(p, all.offsets, at, p.trailLength);
      TRAIL.trailLag.fillBack(p, all.lags, at, p.trailLength);
      at += p.trailLength;
    }
  };
}

/** The advances of a block of trails, one trail after the other, each from its newest advance back. */
interface Points {
  /** How many instants before the next one, or before the end of all. */
  readonly steps: Float64Array;
  readonly lags: Float64Array;
  readonly atMs: Float64Array;
  /** As it is expected, and then as it is. */
  readonly offsets: Float64Array;
}

const newNumbers = (): Float64Array => new Float64Array(BLOCK_ROWS * TRAIL_CAPACITY);

const newPoints = (): Points => ({
  steps: newNumbers(),
  lags: newNumbers(),
  atMs: newNumbers(),
  offsets: newNumbers(),
});

function expectOffsets(
  { steps, lags, atMs, offsets }: Points,
  instants: TrailInstants,
  trails: readonly PartitionMemory[],
): void {
  let at = 0;
  for (const { log, trailLength } of trails) {
    let place = instants.atMs.length;
    for (let left = trailLength; left > 0; left--) {
      place -= steps[at] ?? 0;
      atMs[at] = instants.atMs[place] ?? Number.NaN;
      offsets[at] = endAt(log, place, instants) - (lags[at] ?? 0);
      at += 1;
    }
  }
}

const TRAIL_COLUMNS = ['trail.step', 'trail.lag', 'trail.offset'];

/** The end of the log at an instant, interpolated where the axis does not hold it; 0 when nothing is known. */
function endAt(log: LogMemory, place: number, { atMs: instantsMs, ordinals, axis }: TrailInstants): number {
  const ordinal = ordinals[place] ?? -1;
  const beforeCell = axis.cells[ordinal] ?? -1;
  const before = beforeCell < 0 ? Number.NaN : log.at(beforeCell);
  const beforeMs = axis.atMs[beforeCell] ?? Number.NaN;
  const atMs = instantsMs[place] ?? Number.NaN;
  if (beforeMs === atMs && !Number.isNaN(before)) return before;
  const afterCell = axis.cells[ordinal + 1] ?? -1;
  const after = afterCell < 0 ? log.endOffset : log.at(afterCell);
  if (Number.isNaN(after)) return Number.isNaN(before) ? 0 : before;
  if (Number.isNaN(before)) return after;
  const afterMs = axis.atMs[afterCell] ?? atMs;
  return Math.round(before + ((after - before) * (atMs - beforeMs)) / Math.max(1, afterMs - beforeMs));
}
