import { logWealths } from '../../statistics/conformal-martingale.ts';
import { quantile } from '../../statistics/quantile.ts';
import { rankPValue } from '../../statistics/rank-p-value.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { onGrid } from '../evidence/grid.ts';
import { sumOf } from '../evidence/history.ts';
import { consumedBetween, producedBetween, windowStart } from '../evidence/rates.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * Dead letters grow faster than they did before.
 *
 * Dead letters come in clumps, so counting them one by one is over-confident. Two rules compare like with like instead:
 * a window that outgrows every window of the past by far, in more than one sample (quick), and samples that rank high
 * among those of the past again and again (a sequential test, thorough). Both only if it is worth a rollback.
 */
export function deadLetters(evidence: Evidence): GateReason | null {
  return outgrowsEveryWindow(evidence) ?? ranksHigh(evidence);
}

function outgrowsEveryWindow(evidence: Evidence): GateReason | null {
  const { settings } = evidence;
  const lately = latest(evidence, settings.rateMs);
  if (lately === null) return null;
  const { messages, begin } = lately;
  const limitMessages = Math.round(lately.worthMessages + outgrown(evidence));
  if (messages <= limitMessages || !isSpread(evidence, begin, limitMessages)) return null;
  return {
    code: 'DEAD_LETTERS',
    numbers: { messages, limitMessages, spanMs: settings.rateMs },
    sentence: `${messages} messages went to the dead-letter topics within ${seconds(settings.rateMs)}, limit ${limitMessages} from what went there before`,
  };
}

function ranksHigh(evidence: Evidence): GateReason | null {
  const { settings } = evidence;
  const lately = latest(evidence, settings.churnMs);
  const logLimit = -Math.log(settings.alpha);
  const logWealth = lately === null || lately.messages <= lately.worthMessages ? 0 : logWealthNow(evidence);
  if (lately === null || logWealth < logLimit) return null;
  return {
    code: 'DEAD_LETTERS',
    numbers: { messages: lately.messages, spanMs: settings.churnMs, logWealth, logLimit },
    sentence: `${lately.messages} messages went to the dead-letter topics within ${seconds(settings.churnMs)}, and again and again more than usual (evidence e^${logWealth.toFixed(1)}, limit e^${logLimit.toFixed(1)})`,
  };
}

/** The dead letters of the last span within the release, and how many would be worth a rollback. */
function latest(evidence: Evidence, spanMs: number): { begin: number; messages: number; worthMessages: number } | null {
  const { history, settings, last, start } = evidence;
  const first = Math.max(0, start - 1);
  const begin = windowStart(history.atMs, last, spanMs, first) ?? (spanMs > settings.rateMs ? first : null);
  const messages = begin === null ? null : grown(evidence, begin, last);
  if (begin === null || messages === null) return null;
  const consumed = sumOf(history.tracks.map((track) => consumedBetween(track, begin, last))) ?? 0;
  return { begin, messages, worthMessages: Math.max(settings.deadLetterMessages, settings.deadLetterRatio * consumed) };
}

/** Dead letters that came between two samples; null if not known. */
function grown({ history }: Evidence, from: number, to: number): number | null {
  const before = history.deadLetters[from] ?? null;
  const after = history.deadLetters[to] ?? null;
  return before === null || after === null ? null : Math.max(0, after - before);
}

/** What would be far more than any window of the past brought: its own clumps included, but no single one deciding. */
function outgrown(evidence: Evidence): number {
  const { history, baseline, settings } = evidence;
  const past: number[] = [];
  for (let index = baseline.from; index < baseline.until; index++) {
    const begin = windowStart(history.atMs, index, settings.rateMs, baseline.from);
    const messages = begin === null ? null : grown(evidence, begin, index);
    if (messages !== null) past.push(messages);
  }
  const worst = Math.max(0, ...past);
  return Math.min(2 * worst, 3 * (quantile(past, 0.95) ?? 0) + worst / 2);
}

/** Share of the limit that a sample must have brought to count. */
const PART = 0.25;

/** One clump is no trend: at least two samples of the window brought a good part of it. */
function isSpread(evidence: Evidence, begin: number, limit: number): boolean {
  let parts = 0;
  for (let index = begin + 1; index <= evidence.last; index++) {
    if ((grown(evidence, index - 1, index) ?? 0) >= PART * limit) parts++;
  }
  return parts >= 2;
}

/**
 * Evidence that samples of the release rank above those of the past, both in number and as a share of what was
 * consumed: a rise of the traffic alone raises only the number.
 */
function logWealthNow(evidence: Evidence): number {
  const { history, settings, baseline, start, last } = evidence;
  const before = cells(evidence, onGrid(history.atMs, baseline.from, baseline.until, settings.gridMs));
  const after = cells(evidence, onGrid(history.atMs, start, last + 1, settings.gridMs));
  if (before.length < CELLS_BEFORE) return 0;
  const counts = before.map(({ count }) => count).toSorted((a, b) => a - b);
  const ratios = before.map(({ ratio }) => ratio).toSorted((a, b) => a - b);
  const pValues = after.map(({ count, ratio }) => Math.max(rankPValue(count, counts), rankPValue(ratio, ratios)));
  return logWealths(pValues).at(-1) ?? 0;
}

/** Fewer can't show what is usual. */
const CELLS_BEFORE = 20;

function cells(evidence: Evidence, grid: readonly number[]): { count: number; ratio: number }[] {
  return grid.flatMap((index, place) => {
    const from = grid[place - 1];
    const count = from === undefined ? null : grown(evidence, from, index);
    if (from === undefined || count === null) return [];
    const { tracks } = evidence.history;
    const consumed = sumOf(tracks.map((track) => consumedBetween(track, from, index))) ?? 0;
    const produced = sumOf(tracks.map((track) => producedBetween(track, from, index))) ?? 0;
    // During a hand-over nothing is consumed; what others bury then is no larger a share.
    return [{ count, ratio: count / Math.max(1, consumed, produced) }];
  });
}
