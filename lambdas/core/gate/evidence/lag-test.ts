import { logWealths } from '../../statistics/conformal-martingale.ts';
import { median, quantile } from '../../statistics/quantile.ts';
import { rankPValue } from '../../statistics/rank-p-value.ts';
import { robustSpread } from '../../statistics/robust-spread.ts';
import type { Evidence, PartitionView } from './evidence.ts';
import { onGrid } from './grid.ts';

/** The sequential test on time lag: how strongly the new version's differs from its past and from the controls'. */
export interface LagTest {
  /** Logarithm of the evidence against "no worse than before" in the newest window. */
  readonly logWealth: number;
  /** It must reach this. */
  readonly logLimit: number;
  readonly windows: number;
}

/** Fewer windows of the past can't show what is usual. */
const WINDOWS_BEFORE = 20;
/** A past that was very even would make every difference look large. */
const SPREAD_MIN = 0.25;
/** Length of a placebo run, in windows. */
const PLACEBO_WINDOWS = 15;

/**
 * Difference in differences on log time lag: each partition against its own past, and the new version's partitions
 * against the old version's at the same time (where there are any). Each new window bets against "no difference"; the
 * limit is the larger of 1/α and what runs of the same length over the group's own past would have reached, so that
 * autocorrelation costs no false rollbacks. Null: not enough windows.
 */
export function lagTest(evidence: Evidence): LagTest | null {
  const { history, settings, baseline, start, last } = evidence;
  const before = onGrid(history.atMs, baseline.from, baseline.until, settings.gridMs);
  if (before.length < WINDOWS_BEFORE) return null;
  const scores = scorer(evidence, before);
  const reference = before.map(scores).filter((score) => score !== null);
  const now = onGrid(history.atMs, start, last + 1, settings.gridMs)
    .filter((index) => isWarm(evidence, index))
    .map(scores)
    .filter((score) => score !== null);
  if (now.length === 0 || reference.length < WINDOWS_BEFORE) return null;
  const placebos = placeboPeaks(reference);
  return {
    logWealth: wealthsOf(now, reference).at(-1) ?? 0,
    logLimit: Math.max(-Math.log(settings.alpha), quantile(placebos, 1 - settings.alpha) ?? 0),
    windows: now.length,
  };
}

function wealthsOf(scores: readonly number[], reference: readonly number[]): number[] {
  const sorted = reference.toSorted((a, b) => a - b);
  return logWealths(scores.map((score) => rankPValue(score, sorted)));
}

/** The highest evidence that each stretch of the past would have gathered against the rest of it. */
function placeboPeaks(reference: readonly number[]): number[] {
  const peaks: number[] = [];
  for (let from = 0; from + PLACEBO_WINDOWS <= reference.length; from += Math.ceil(PLACEBO_WINDOWS / 2)) {
    const run = reference.slice(from, from + PLACEBO_WINDOWS);
    peaks.push(Math.max(...wealthsOf(run, [...reference.slice(0, from), ...reference.slice(from + PLACEBO_WINDOWS)])));
  }
  return peaks;
}

/** The difference in differences at one sample; null where nothing is known. */
function scorer(evidence: Evidence, before: readonly number[]): (index: number) => number | null {
  const { gridMs } = evidence.settings;
  const standardised = (views: readonly PartitionView[]) => views.map((view) => ownScore(view, before, gridMs));
  const judged = standardised(evidence.judged);
  const controls = standardised(evidence.controls);
  // Sorted: the same numbers add up to another sum in another order, and partitions have no order that means anything.
  const at = (scores: readonly ((index: number) => number | null)[], index: number) =>
    scores
      .map((score) => score(index))
      .filter((score) => score !== null)
      .toSorted((a, b) => a - b);
  return (index) => {
    const own = at(judged, index);
    if (own.length === 0) return null;
    return own.reduce((sum, score) => sum + score, 0) / own.length - (median(at(controls, index)) ?? 0);
  };
}

/** How far a partition's log time lag is from its own usual one, in its own usual spreads. */
function ownScore(
  { track }: PartitionView,
  before: readonly number[],
  gridMs: number,
): (index: number) => number | null {
  const logOf = (index: number): number | null => {
    const lag = track.timeLagMs[index] ?? null;
    return lag === null ? null : Math.log(gridMs + lag);
  };
  const past = before.map(logOf).filter((log) => log !== null);
  const middle = median(past) ?? Math.log(gridMs);
  const spread = Math.max(robustSpread(past) ?? 0, SPREAD_MIN);
  return (index) => {
    const log = logOf(index);
    return log === null ? null : (log - middle) / spread;
  };
}

/** In a stable group whose judged partitions have all been the new version's for the time that warming up takes. */
function isWarm({ judged, history, settings }: Evidence, index: number): boolean {
  const at = history.atMs[index] ?? 0;
  return history.state[index] === 'Stable' && judged.every(({ sideSinceMs }) => at - sideSinceMs >= settings.warmUpMs);
}
