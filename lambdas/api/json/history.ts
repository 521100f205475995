import * as z from 'zod';
import { topicsOf } from '../../core/cluster/one-group.ts';
import type { HistoryStore, Sample } from '../../core/ports/history-store.ts';
import type { HistoryAnswer, PartitionSeries } from '../answers/history-answer.ts';
import { positionAt, windowSampleOf } from '../view/window.ts';
import { historySamples, type TimeRange } from './history-samples.ts';
import { wholeNumber } from './query.ts';

const HOUR_MS = 3_600_000;
const epochMs = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** More would take longer to read than anybody waits. */
const RANGE_MAX_MS = 7 * 24 * HOUR_MS;

export const historyQuery = z.strictObject({
  cluster: z.string(),
  group: z.string(),
  fromMs: epochMs.optional(),
  toMs: epochMs.optional(),
  points: wholeNumber({ min: 2, max: 1_000 }).default(240),
  topic: z.string().optional(),
  partition: wholeNumber({ min: 0, max: 1_000_000 }).optional(),
});

export type HistoryQuery = z.output<typeof historyQuery>;

/** The last hour, if nothing else is asked for. Null: no such range can be read. */
export function rangeOf({ fromMs, toMs }: HistoryQuery, nowMs: number): TimeRange | null {
  const untilMs = toMs ?? nowMs;
  const range = { fromMs: fromMs ?? untilMs - HOUR_MS, toMs: untilMs };
  const lengthMs = range.toMs - range.fromMs;
  return lengthMs >= 0 && lengthMs <= RANGE_MAX_MS ? range : null;
}

/** A group's offsets over time, thinned out to the points asked for. Null: no sample of that time shows the group. */
export async function historyAnswerOf(
  history: HistoryStore,
  query: HistoryQuery,
  {
    range,
    sampleIntervalMs,
    nowMs,
  }: { readonly range: TimeRange; readonly sampleIntervalMs: number; readonly nowMs: number },
): Promise<HistoryAnswer | null> {
  const { cluster, group, points } = query;
  const samples = await historySamples(history, { cluster, group, sampleIntervalMs }, range);
  if (!samples.some(({ snapshot }) => snapshot.groups.has(group))) return null;
  const chosen = thinned(samples, points);
  const positions = chosen.map((sample) => windowSampleOf(sample));
  return {
    nowMs,
    cluster,
    group,
    ...range,
    atMs: chosen.map(({ snapshot }) => snapshot.atMs),
    lagMessages: positions.map(({ groups }) => groups.get(group)?.lagMessages ?? null),
    members: chosen.map(({ snapshot }) => snapshot.groups.get(group)?.members?.length ?? null),
    partitions: seriesNames(chosen, query).map(
      ({ topic, partition }): PartitionSeries => ({
        topic,
        partition,
        logEndOffset: positions.map(({ topics }) => topics.get(topic)?.[partition]?.logEndOffset ?? null),
        committedOffset: positions.map(({ groups }) => {
          const found = groups.get(group);
          return found === undefined ? null : positionAt(found, topic, partition);
        }),
      }),
    ),
  };
}

/** An even selection that ends with the newest; real samples, so that every point was once true. */
export function thinned<T>(values: readonly T[], points: number): readonly T[] {
  if (values.length <= points) return values;
  const step = (values.length - 1) / (points - 1);
  return Array.from({ length: points }, (_, point) => values[Math.round(point * step)] as T);
}

/** Every partition that the group had to do with at any time of the range, and that the query asks for. */
function seriesNames(samples: readonly Sample[], { group, topic: only, partition: one }: HistoryQuery) {
  const lengths = new Map<string, number>();
  for (const { snapshot } of samples) {
    const found = snapshot.groups.get(group);
    if (found === undefined) continue;
    for (const topic of topicsOf(found)) {
      const length = Math.max(
        snapshot.topics.get(topic)?.length ?? 0,
        found.committed.get(topic)?.length ?? 0,
        found.share?.get(topic)?.length ?? 0,
      );
      lengths.set(topic, Math.max(lengths.get(topic) ?? 0, length));
    }
  }
  return [...lengths]
    .filter(([topic]) => only === undefined || topic === only)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([topic, length]) => Array.from({ length }, (_, partition) => ({ topic, partition })))
    .filter(({ partition }) => one === undefined || partition === one);
}
