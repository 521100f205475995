import type { ColumnReader } from '../../../bytes/column-reader.ts';
import type { ColumnWriter } from '../../../bytes/column-writer.ts';
import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { ClusterMemory, LogMemory } from '../cluster-memory.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import { trailAtMs, trailLag, trailLength, trailOffset } from '../trail.ts';

/** Every instant of which a trail or the axis tells, oldest first. All trails of a cluster share them. */
export interface TrailInstants {
  readonly atMs: readonly number[];
  /** By instant, the ordinal of the last one on the axis that is not later; -1: there is none. */
  readonly ordinals: readonly number[];
}

export function trailInstantsOf({ axis, groups }: ClusterMemory): TrailInstants {
  const atMs = new Set(axis.cells.map((cell) => axis.atMs[cell] ?? 0));
  for (const { partitions } of groups.values()) {
    for (const { trail } of partitions) {
      for (let index = 0; index < trailLength(trail); index++) atMs.add(trailAtMs(trail, index));
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
  return ({ trail, log }: PartitionMemory): void => {
    lengths?.put(trailLength(trail));
    let after = instants.atMs.length;
    for (let index = trailLength(trail) - 1; index >= 0; index--) {
      const place = places.get(trailAtMs(trail, index)) ?? 0;
      const lag = trailLag(trail, index);
      steps?.put(after - place, 1);
      lags?.put(lag);
      offsets?.put(trailOffset(trail, index), endAt(log, place, axis, instants) - lag);
      after = place;
    }
  };
}

/** The opposite, into an empty trail. */
export function trailReader(columns: ColumnReader, axis: TimeAxis, instants: TrailInstants) {
  const [lengths, steps, lags, offsets] = TRAIL_COLUMNS.map((name) => columns.column(name));
  return (p: PartitionMemory): void => {
    const length = lengths?.takeCount(TRAIL_LENGTH_MAX) ?? 0;
    const trail = new Array<number>(length * 3);
    let place = instants.atMs.length;
    for (let index = length - 1; index >= 0; index--) {
      place -= steps?.take(1) ?? 0;
      const lag = lags?.take() ?? 0;
      trail[index * 3] = instants.atMs[place] ?? Number.NaN;
      trail[index * 3 + 1] = offsets?.take(endAt(p.log, place, axis, instants) - lag) ?? 0;
      trail[index * 3 + 2] = lag;
    }
    p.trail = trail;
  };
}

const TRAIL_COLUMNS = ['trail.length', 'trail.step', 'trail.lag', 'trail.offset'];

/** More than any trail holds: damage must not make a list that fills the memory. */
const TRAIL_LENGTH_MAX = 1_000;

/** The end of the log at an instant, interpolated where the axis does not hold it; 0 when nothing is known. */
function endAt({ ends, endOffset }: LogMemory, place: number, axis: TimeAxis, instants: TrailInstants): number {
  const ordinal = instants.ordinals[place] ?? -1;
  const beforeCell = axis.cells[ordinal] ?? -1;
  const before = ends[beforeCell] ?? Number.NaN;
  const beforeMs = axis.atMs[beforeCell] ?? Number.NaN;
  const atMs = instants.atMs[place] ?? Number.NaN;
  if (beforeMs === atMs && !Number.isNaN(before)) return before;
  const afterCell = axis.cells[ordinal + 1] ?? -1;
  const after = ends[afterCell] ?? endOffset;
  if (Number.isNaN(after)) return Number.isNaN(before) ? 0 : before;
  if (Number.isNaN(before)) return after;
  const afterMs = axis.atMs[afterCell] ?? atMs;
  return Math.round(before + ((after - before) * (atMs - beforeMs)) / Math.max(1, afterMs - beforeMs));
}
