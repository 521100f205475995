import { median, quantile } from '../../statistics/quantile.ts';
import type { GateSettings } from '../settings.ts';
import type { History } from './history.ts';
import { isSaturated, memberPeakPerS, movedThroughout } from './member-load.ts';
import { peakPerS, type Range } from './rates.ts';
import type { Track } from './track.ts';

/** What the group did before the release. */
export interface Baseline extends Range {
  /** By track, in the history's order. */
  readonly tracks: readonly TrackBaseline[];
  /** How long the group usually goes without a commit although there is work, if longer than sampling shows; else 0. */
  readonly cadenceMs: number;
  /** The best rate that any one member kept up for `rateMs`; null if none could be measured. */
  readonly memberPeakPerS: number | null;
  /** The best rate that a member with work all the time kept up for `rateMs`; null if none ever had so much work. */
  readonly memberCapacityPerS: number | null;
  /** The best rate that the whole group kept up for `rateMs`. */
  readonly groupPeakPerS: number | null;
}

export interface TrackBaseline {
  /** Time lag that only 2 % of the samples exceeded. */
  readonly usualTimeLagMs: number;
  /** How long it stood still with work pending; only 5 % of its pauses were longer. */
  readonly pauseMs: number;
  /** Unread messages that never went away, such as a transaction's marker. */
  readonly restingMessages: number;
  readonly producedPerS: number;
  /** The highest rate kept up for `rateMs`. */
  readonly peakPerS: number;
}

/** No more than this many unread messages can be markers; more is work. */
const RESTING_MESSAGES_MAX = 10;

/** Learns from the samples before the start. Its `until` is the place of the first sample of the release. */
export function baselineOf(history: History, startedAtMs: number, settings: GateSettings): Baseline {
  const { atMs, tracks } = history;
  const firstAfter = atMs.findIndex((at) => at >= startedAtMs);
  const until = firstAfter < 0 ? atMs.length : firstAfter;
  const firstCounted = atMs.findIndex((at) => at >= startedAtMs - settings.baselineMs);
  const range = { from: firstCounted < 0 ? until : Math.min(firstCounted, until), until };
  const learnt = tracks.map((track) => trackBaseline(track, history, range, settings));
  const pauseMs = median(learnt.map((track) => track.pauseMs).filter((ms) => ms > 0)) ?? 0;
  const cadenceMs = pauseMs > pausesFromSampling(settings) ? pauseMs : 0;
  return {
    ...range,
    tracks: learnt,
    cadenceMs,
    memberPeakPerS: memberPeakPerS(history, range, settings.rateMs),
    memberCapacityPerS: memberPeakPerS(
      history,
      range,
      settings.rateMs,
      (load) => isSaturated(load, settings, cadenceMs) && movedThroughout(load),
    ),
    groupPeakPerS: peakPerS(tracks, history, range, settings.rateMs),
  };
}

/** Whoever commits all the time seems to pause for up to one window, only because it is looked at once a window. */
export const pausesFromSampling = ({ gridMs }: GateSettings): number => 1.25 * gridMs;

function trackBaseline(track: Track, history: History, range: Range, settings: GateSettings): TrackBaseline {
  const lags = track.timeLagMs.slice(range.from, range.until).filter((lag) => lag !== null);
  const restingMessages = restingOf(track, range);
  return {
    usualTimeLagMs: quantile(lags, 0.98) ?? 0,
    pauseMs: quantile(pausesMs(track, history.atMs, range, restingMessages), 0.95) ?? 0,
    restingMessages,
    producedPerS: producedPerS(track, history.atMs, range),
    peakPerS: peakPerS([track], history, range, settings.rateMs) ?? 0,
  };
}

function restingOf({ logEnd, committed }: Track, { from, until }: Range): number {
  if (until === from) return 0;
  let least = RESTING_MESSAGES_MAX;
  for (let index = from; index < until; index++) {
    const end = logEnd[index] ?? null;
    const position = committed[index] ?? null;
    if (end !== null && position !== null) least = Math.min(least, Math.max(0, end - position));
  }
  return least;
}

/** From the first sample with work to the first that shows progress, for each stretch of work; the last may be open. */
function pausesMs(track: Track, atMs: readonly number[], { from, until }: Range, resting: number): number[] {
  const pauses: number[] = [];
  let sinceMs: number | null = null;
  for (let index = from + 1; index < until; index++) {
    const before = track.committed[index - 1] ?? null;
    const after = track.committed[index] ?? null;
    const end = track.logEnd[index - 1] ?? null;
    if (before === null || after === null || end === null) continue;
    if (end - before > resting) sinceMs ??= atMs[index - 1] ?? null;
    if (after === before || sinceMs === null) continue;
    pauses.push((atMs[index] ?? 0) - sinceMs);
    sinceMs = null;
  }
  if (sinceMs !== null) pauses.push((atMs[until - 1] ?? sinceMs) - sinceMs);
  return pauses;
}

function producedPerS({ logEnd }: Track, atMs: readonly number[], { from, until }: Range): number {
  const first = logEnd.findIndex((end, index) => index >= from && end !== null);
  const last = logEnd.findLastIndex((end, index) => index < until && end !== null);
  if (first < 0 || last <= first) return 0;
  return (((logEnd[last] ?? 0) - (logEnd[first] ?? 0)) * 1_000) / ((atMs[last] ?? 0) - (atMs[first] ?? 0));
}
