import type { Evidence } from '../evidence/evidence.ts';
import { isSettled } from '../evidence/history.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** A quiet sample in between does not end a storm. */
const MOST_RATIO = 0.7;
const OFTEN_RATIO = 0.55;
const SAMPLES = 4;

/**
 * The group rebalances again and again: for most of a few minutes while work piles up, or still about half of the time
 * long after the last old member left. A hand-over rebalances as well, but it gets on and it ends.
 */
export function rebalanceStorm(evidence: Evidence): GateReason | null {
  const { settings, handOver, nowMs, last } = evidence;
  if (handOver.joinedMs === null) return null;
  const lately = unrest(evidence, Math.max(handOver.joinedMs, nowMs - settings.stormMs));
  const isUrgent =
    lately.spanMs >= MOST_RATIO * settings.stormMs && lately.ratio >= MOST_RATIO && lately.unsettled >= SAMPLES;
  if (isUrgent && isPilingUp(evidence, lately.middle))
    return reasonOf(evidence, lately, worstTimeLagMs(evidence, last));
  const settledMs = Math.max(handOver.joinedMs, handOver.lastDepartureMs ?? 0) + settings.gridMs;
  const after = unrest(evidence, Math.max(settledMs, nowMs - settings.churnMs));
  const isLasting =
    after.spanMs >= MOST_RATIO * settings.churnMs && after.ratio >= OFTEN_RATIO && after.unsettled >= SAMPLES;
  return isLasting ? reasonOf(evidence, after, worstTimeLagMs(evidence, last)) : null;
}

interface Unrest {
  readonly unsettled: number;
  readonly samples: number;
  readonly ratio: number;
  readonly spanMs: number;
  /** The sample in the middle of the span. */
  readonly middle: number;
}

function unrest({ history, start, last, nowMs }: Evidence, sinceMs: number): Unrest {
  const indexes: number[] = [];
  for (let index = start; index <= last; index++) if ((history.atMs[index] ?? 0) >= sinceMs) indexes.push(index);
  const unsettled = indexes.filter((index) => !isSettled(history.state[index])).length;
  return {
    unsettled,
    samples: indexes.length,
    ratio: indexes.length === 0 ? 0 : unsettled / indexes.length,
    spanMs: nowMs - sinceMs,
    middle: indexes[Math.floor(indexes.length / 2)] ?? last,
  };
}

function isPilingUp(evidence: Evidence, earlier: number): boolean {
  const now = worstTimeLagMs(evidence, evidence.last);
  return now >= evidence.settings.stormTimeLagMs && now > worstTimeLagMs(evidence, earlier);
}

const worstTimeLagMs = ({ history }: Evidence, index: number): number =>
  Math.max(0, ...history.tracks.map((track) => track.timeLagMs[index] ?? 0));

const reasonOf = ({ release }: Evidence, { unsettled, samples, spanMs }: Unrest, timeLagMs: number): GateReason => ({
  code: 'REBALANCE_STORM',
  numbers: { unsettledSamples: unsettled, samples, spanMs, timeLagMs },
  sentence: `"${release.group}" was rebalancing in ${unsettled} of ${samples} samples over ${seconds(spanMs)}; it is ${seconds(timeLagMs)} behind`,
});
