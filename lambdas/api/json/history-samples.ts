import type { HistoryStore, Sample } from '../../core/ports/history-store.ts';

/** A span of time, both ends in it. */
export interface TimeRange {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface GroupHistory {
  readonly cluster: string;
  readonly group: string;
  readonly sampleIntervalMs: number;
}

const HOUR_MS = 3_600_000;
/** Every sample of a longer time takes longer to read than anybody waits: of a week there are ten thousand. */
const EVERY_SAMPLE_MS = 24 * HOUR_MS;
/** Hours that are looked at at once. */
const AT_ONCE = 8;

/**
 * A group's samples, oldest first: all of them, or of more than a day one an hour and all of the last hour. An hour's
 * first sample is stored whole, so that it is read without those before it.
 */
export async function historySamples(
  history: HistoryStore,
  of: GroupHistory,
  { fromMs, toMs }: TimeRange,
): Promise<readonly Sample[]> {
  if (toMs - fromMs <= EVERY_SAMPLE_MS) return samplesIn(history, of, { fromMs, toMs });
  const lastHourMs = Math.floor(toMs / HOUR_MS - 1) * HOUR_MS;
  const hours: number[] = [];
  for (let hourMs = Math.ceil(fromMs / HOUR_MS) * HOUR_MS; hourMs < lastHourMs; hourMs += HOUR_MS) hours.push(hourMs);
  const found: Sample[] = [];
  for (let index = 0; index < hours.length; index += AT_ONCE) {
    const some = hours.slice(index, index + AT_ONCE).map((hourMs) => firstOfHour(history, of, hourMs));
    for (const sample of await Promise.all(some)) if (sample !== null) found.push(sample);
  }
  return [...found, ...(await samplesIn(history, of, { fromMs: lastHourMs, toMs }))];
}

async function samplesIn(
  history: HistoryStore,
  { cluster, group }: GroupHistory,
  { fromMs, toMs }: TimeRange,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of history.readGroup({ cluster, group, afterSlotMs: fromMs - 1, untilSlotMs: toMs })) {
    samples.push(sample);
  }
  return samples;
}

/** Null: the hour began without a sample. */
async function firstOfHour(history: HistoryStore, of: GroupHistory, hourMs: number): Promise<Sample | null> {
  const [first = null] = await samplesIn(history, of, { fromMs: hourMs, toMs: hourMs + of.sampleIntervalMs });
  return first;
}
