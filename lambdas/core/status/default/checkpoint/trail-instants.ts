import type { TimeAxis } from '../../../lag/time-axis.ts';
import type { ClusterMemory } from '../cluster-memory.ts';
import { TRAIL } from '../partition-memory.ts';

/** Every instant of which a trail or the axis tells, oldest first. All trails of a cluster share them. */
export interface TrailInstants {
  readonly axis: TimeAxis;
  readonly atMs: readonly number[];
  /** By instant, the ordinal of the last one on the axis that is not later; -1: there is none. */
  readonly ordinals: readonly number[];
  placeOf(atMs: number): number;
}

export function trailInstantsOf({ axis, groups }: ClusterMemory): TrailInstants {
  const atMs = new Set(axis.cells.map((cell) => axis.atMs[cell] ?? 0));
  const known = new Float64Array(SLOTS).fill(Number.NaN);
  for (const { partitions } of groups.values()) {
    for (const p of partitions) {
      for (let index = 0; index < p.trailLength; index++) {
        const instantMs = TRAIL.trailAtMs.get(p, index);
        const slot = slotOf(instantMs);
        if (known[slot] === instantMs) continue;
        known[slot] = instantMs;
        atMs.add(instantMs);
      }
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
  return { axis, atMs, ordinals, placeOf: placesIn(atMs) };
}

/** A million advances share some hundred instants: those met last are at hand. */
function placesIn(atMs: readonly number[]): (instantMs: number) => number {
  const places = new Map(atMs.map((instantMs, place) => [instantMs, place]));
  const known = new Float64Array(SLOTS).fill(Number.NaN);
  const placeAt = new Uint32Array(SLOTS);
  return (instantMs) => {
    const slot = slotOf(instantMs);
    if (known[slot] !== instantMs) {
      known[slot] = instantMs;
      placeAt[slot] = places.get(instantMs) ?? 0;
    }
    return placeAt[slot] ?? 0;
  };
}

const SLOTS = 4_096;

/** Samples are seconds or minutes apart. */
const slotOf = (instantMs: number): number => Math.floor(instantMs / 1_000) & (SLOTS - 1);
