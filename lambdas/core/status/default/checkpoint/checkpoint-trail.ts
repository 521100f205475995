import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import type { LogMemory } from '../log-memory.ts';
import { type PartitionMemory, TRAIL, TRAIL_CAPACITY } from '../partition-memory.ts';
import { trailAtMs, trailLag, trailOffset } from '../trail.ts';

/** Every instant of which a trail or the axis tells, oldest first. All trails of a cluster share them. */
export interface TrailInstants {
  readonly atMs: readonly number[];
  /** By instant, the ordinal of the last one on the axis that is not later; -1: there is none. */
  readonly ordinals: readonly number[];
}

export function trailInstantsOf({ axis, groups }: ClusterMemory): TrailInstants {
  const atMs = new Set(axis.cells.map((cell) => axis.atMs[cell] ?? 0));
  for (const { partitions } of groups.values()) {
    for (const p of partitions) {
      for (let index = 0; index < p.trailLength; index++) atMs.add(trailAtMs(p, index));
    }
  }
  return instantsAt(
    [...atMs].sort((a, b) => a - b),
    axis,
  );
}

export function instantsAt(atMs: readonly number[], axis: TimeAxis): TrailInstants {
  let ordinal = -1;
  const ordinals = atMs.map((instantMs) => {
    while (ordinal + 1 < axis.cells.length && (axis.atMs[axis.cells[ordinal + 1] ?? -1] ?? 0) <= instantMs) ordinal++;
    return ordinal;
  });
  return { atMs, ordinals };
}

/**
 * A trail from its newest advance back: how many instants lie between, the lag, and how far the offset was from where
 * the log's end and that lag put it. Where the axis still holds the instant, that is nearly always 0.
 */
export function trailWriter(columns: ColumnWriter, axis: TimeAxis, instants: TrailInstants) {
  const [lengths, steps, lags, offsets] = TRAIL_COLUMNS.map((name) => columns.column(name));
  const places = new Map(instants.atMs.map((atMs, place) => [atMs, place]));
  return (p: PartitionMemory): void => {
    lengths?.put(p.trailLength);
    let after = instants.atMs.length;
    for (let index = p.trailLength - 1; index >= 0; index--) {
      const place = places.get(trailAtMs(p, index)) ?? 0;
      const lag = trailLag(p, index);
      steps?.put(after - place, 1);
      lags?.put(lag);
      offsets?.put(trailOffset(p, index), endAt(p.log, place, axis, instants) - lag);
      after = place;
    }
  };
}

/** The opposite, into an empty trail. */
export function trailReader(columns: ColumnReader, axis: TimeAxis, instants: TrailInstants) {
  const [lengths, steps, lags, offsets] = TRAIL_COLUMNS.map((name) => columns.column(name));
  return (p: PartitionMemory): void => {
    const length = lengths?.takeCount(TRAIL_CAPACITY) ?? 0;
    let place = instants.atMs.length;
    for (let index = length - 1; index >= 0; index--) {
      place -= steps?.take(1) ?? 0;
      const lag = lags?.take() ?? 0;
      TRAIL.trailAtMs.put(p, index, instants.atMs[place] ?? Number.NaN);
      TRAIL.trailOffset.put(p, index, offsets?.take(endAt(p.log, place, axis, instants) - lag) ?? 0);
      TRAIL.trailLag.put(p, index, lag);
    }
    p.trailLength = length;
  };
}

const TRAIL_COLUMNS = ['trail.length', 'trail.step', 'trail.lag', 'trail.offset'];

/** The end of the log at an instant, interpolated where the axis does not hold it; 0 when nothing is known. */
function endAt(log: LogMemory, place: number, axis: TimeAxis, instants: TrailInstants): number {
  const ordinal = instants.ordinals[place] ?? -1;
  const beforeCell = axis.cells[ordinal] ?? -1;
  const before = beforeCell < 0 ? Number.NaN : log.at(beforeCell);
  const beforeMs = axis.atMs[beforeCell] ?? Number.NaN;
  const atMs = instants.atMs[place] ?? Number.NaN;
  if (beforeMs === atMs && !Number.isNaN(before)) return before;
  const afterCell = axis.cells[ordinal + 1] ?? -1;
  const after = afterCell < 0 ? log.endOffset : log.at(afterCell);
  if (Number.isNaN(after)) return Number.isNaN(before) ? 0 : before;
  if (Number.isNaN(before)) return after;
  const afterMs = axis.atMs[afterCell] ?? atMs;
  return Math.round(before + ((after - before) * (atMs - beforeMs)) / Math.max(1, afterMs - beforeMs));
}
