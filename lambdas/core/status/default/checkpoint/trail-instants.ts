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
  const take = askedSeldom((instantMs) => atMs.add(instantMs).size);
  for (const { partitions } of groups.values()) {
    for (const p of partitions) {
      for (let index = 0; index < p.trailLength; index++) take(TRAIL.trailAtMs.get(p, index));
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
  const places = new Map(atMs.map((instantMs, place) => [instantMs, place]));
  return { axis, atMs, ordinals, placeOf: askedSeldom((instantMs) => places.get(instantMs) ?? 0) };
}

/**
 * The same answers, those given last kept at hand: a million advances share some hundred instants, and to look each of
 * them up takes longer than to write it. `of` gives whole numbers below 2^32.
 */
function askedSeldom(of: (instantMs: number) => number): (instantMs: number) => number {
  const known = new Float64Array(SLOTS).fill(Number.NaN);
  const answers = new Uint32Array(SLOTS);
  return (instantMs) => {
    const slot = slotOf(instantMs);
    if (known[slot] !== instantMs) {
      known[slot] = instantMs;
      answers[slot] = of(instantMs);
    }
    return answers[slot] ?? 0;
  };
}

const SLOTS = 4_096;

/** Samples are seconds or minutes apart. */
const slotOf = (instantMs: number): number => Math.floor(instantMs / 1_000) & (SLOTS - 1);
