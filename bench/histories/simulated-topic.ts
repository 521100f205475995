import type { Span, TopicPlan } from './plan.ts';

/** The logs of one topic while a history unfolds. */
export interface SimulatedTopic {
  readonly plan: TopicPlan;
  /** By partition, the end offset after each second so far. */
  readonly ends: readonly Float64Array[];
  /** By partition: the last entry is a transaction's marker, which no consumer reads on its own. */
  readonly markerLast: boolean[];
  readonly startOffsets: number[];
}

/** What was written before the history begins. */
const FIRST_OFFSET = 1_000_000_000;

export const simulatedTopic = (plan: TopicPlan, seconds: number): SimulatedTopic => ({
  plan,
  ends: Array.from({ length: plan.partitions }, () => new Float64Array(seconds)),
  markerLast: new Array<boolean>(plan.partitions).fill(false),
  startOffsets: new Array<number>(plan.partitions).fill(0),
});

/** One second of writing. A partition on a broker that is down gets nothing; its producers send the rest later. */
export function write(
  topic: SimulatedTopic,
  second: number,
  stands: (partition: number, second?: number) => boolean,
): void {
  for (const [partition, ends] of topic.ends.entries()) {
    const before = second === 0 ? FIRST_OFFSET : (ends[second - 1] ?? FIRST_OFFSET);
    const messages = stands(partition)
      ? 0
      : (topic.plan.written[partition]?.[second] ?? 0) + owed(topic, partition, second, stands);
    const exists = second >= (topic.plan.since[partition] ?? 0);
    const marker = topic.plan.transactional && messages > 0 ? 1 : 0;
    ends[second] = before + (exists ? messages + marker : 0);
    if (exists && messages > 0) topic.markerLast[partition] = marker === 1;
    const keptFrom = second - topic.plan.retentionS;
    if (keptFrom > 0 && second % 300 === 0) topic.startOffsets[partition] = ends[keptFrom] ?? FIRST_OFFSET;
  }
}

/** What producers could not send in the seconds right before. */
function owed(
  { plan }: SimulatedTopic,
  partition: number,
  second: number,
  stands: (partition: number, second?: number) => boolean,
): number {
  let sum = 0;
  for (let past = second - 1; past >= 0 && past > second - 120 && stands(partition, past); past--) {
    sum += plan.written[partition]?.[past] ?? 0;
  }
  return sum;
}

/** The end up to which a consumer can read. */
export const readableEnd = (topic: SimulatedTopic, partition: number, second: number): number =>
  (topic.ends[partition]?.[second] ?? FIRST_OFFSET) - (topic.markerLast[partition] ? 1 : 0);

/** Seconds since the message at an offset was written; 0 when nothing is there yet. */
export function ageOf(topic: SimulatedTopic, partition: number, offset: number, second: number): number {
  const ends = topic.ends[partition];
  if (ends === undefined || offset >= readableEnd(topic, partition, second)) return 0;
  let low = 0;
  let high = second;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return second - low;
}

export const within = (second: number, { from, to }: Span): boolean => second >= from && second < to;
