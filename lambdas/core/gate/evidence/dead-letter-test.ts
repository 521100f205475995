import { logMeanExp, logWealths } from '../../statistics/conformal-martingale.ts';
import { logWealthMoreOften } from '../../statistics/more-often.ts';
import { rankPValue } from '../../statistics/rank-p-value.ts';
import type { Evidence } from './evidence.ts';
import { onGrid } from './grid.ts';
import { sumOf } from './history.ts';
import { consumedBetween, producedBetween } from './rates.ts';

/** Fewer can't show what is usual. */
const CELLS_BEFORE = 20;

/** What one window brought. */
interface Cell {
  readonly messages: number;
  /** As a share of what was consumed. */
  readonly ratio: number;
}

/**
 * The logarithm of the evidence that dead letters are worse than before, the mean of two sequential tests: windows
 * that rank above those of the past, both in number and as a share of what was consumed (a rise of the traffic alone
 * raises only the number); and more windows that brought a share worth a rollback. The first sees a steady noise
 * rise, the second a drip between old clumps that were larger.
 */
export function deadLetterTest(evidence: Evidence): number {
  const { history, settings, baseline, start, last } = evidence;
  const before = cells(evidence, onGrid(history.atMs, baseline.from, baseline.until, settings.gridMs));
  const after = cells(evidence, onGrid(history.atMs, start, last + 1, settings.gridMs));
  if (before.length < CELLS_BEFORE) return 0;
  const counts = before.map(({ messages }) => messages).toSorted((a, b) => a - b);
  const ratios = before.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const pValues = after.map(({ messages, ratio }) => Math.max(rankPValue(messages, counts), rankPValue(ratio, ratios)));
  const isWorth = ({ ratio }: Cell): boolean => ratio > settings.deadLetterRatio;
  const usual = { happened: before.filter(isWorth).length, of: before.length };
  return logMeanExp([logWealths(pValues).at(-1) ?? 0, logWealthMoreOften(usual, after.map(isWorth))]);
}

function cells(evidence: Evidence, grid: readonly number[]): Cell[] {
  return grid.flatMap((index, place) => {
    const from = grid[place - 1];
    const messages = from === undefined ? null : deadLettersBetween(evidence, from, index);
    if (from === undefined || messages === null) return [];
    const { tracks } = evidence.history;
    const consumed = sumOf(tracks.map((track) => consumedBetween(track, from, index))) ?? 0;
    const produced = sumOf(tracks.map((track) => producedBetween(track, from, index))) ?? 0;
    // During a hand-over nothing is consumed; what others bury then is no larger a share.
    return [{ messages, ratio: messages / Math.max(1, consumed, produced) }];
  });
}

/** Dead letters that came between two samples; null if not known. */
export function deadLettersBetween({ history }: Evidence, from: number, to: number): number | null {
  const before = history.deadLetters[from] ?? null;
  const after = history.deadLetters[to] ?? null;
  return before === null || after === null ? null : Math.max(0, after - before);
}
