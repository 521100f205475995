import fc from 'fast-check';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { EMPTY, MINUTE_MS } from './one-partition.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from './snapshots.ts';

/** What a consumer does for some minutes. */
export interface Stretch {
  readonly minutes: number;
  /** Messages a minute that it handles in each partition. */
  readonly pace: number;
  readonly present: boolean;
}

/** A group's life, minute by minute: what is written, and how it is worked off. */
export interface History {
  /** Messages written to each partition in each minute, over and over. */
  readonly written: readonly (readonly number[])[];
  readonly stretches: readonly Stretch[];
}

const anyStretch: fc.Arbitrary<Stretch> = fc.record({
  minutes: fc.integer({ min: 1, max: 40 }),
  pace: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 120 }), fc.constant(1_000)),
  present: fc.boolean(),
});

/** Keeps up at first, so that there is something to learn; then whatever happens. */
export const anyHistory: fc.Arbitrary<History> = fc.record({
  written: fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 7 }), {
    minLength: 1,
    maxLength: 4,
  }),
  stretches: fc
    .array(anyStretch, { minLength: 1, maxLength: 4 })
    .map((stretches) => [{ minutes: 40, pace: 1_000, present: true }, ...stretches]),
});

/** How a history is told without changing what happened. */
export interface Telling {
  readonly topic: string;
  /** Added to all offsets of a partition. */
  readonly offsets: readonly number[];
  /** Which partition stands where. */
  readonly order: readonly number[];
}

/** The history as snapshots, one a minute. */
export function snapshotsOf({ written, stretches }: History, telling?: Telling): ClusterSnapshot[] {
  const order = telling?.order ?? written.map((_, partition) => partition);
  const topic = telling?.topic ?? 'orders';
  const ends = written.map(() => 0);
  const committed = written.map(() => 0);
  const minutes = stretches.flatMap((stretch) => new Array<Stretch>(stretch.minutes).fill(stretch));
  return minutes.map(({ pace, present }, minute) => {
    for (const [partition, rounds] of written.entries()) {
      ends[partition] = (ends[partition] ?? 0) + (rounds[minute % rounds.length] ?? 0);
      if (present) committed[partition] = Math.min(ends[partition], (committed[partition] ?? 0) + pace);
    }
    const told = (offsets: readonly number[]) =>
      order.map((partition) => (offsets[partition] ?? 0) + (telling?.offsets[partition] ?? 0));
    const owner = aMember({ assigned: new Map([[topic, order.map((_, place) => place)]]) });
    return aSnapshot({
      atMs: T0_MS + minute * MINUTE_MS,
      topics: new Map([[topic, told(ends).map((end) => aLog(end))]]),
      groups: new Map([
        [
          'billing',
          aGroup({ members: [owner], committed: new Map([[topic, told(committed)]]), ...(present ? {} : EMPTY) }),
        ],
      ]),
    });
  });
}
