import { quantile } from '../../statistics/quantile.ts';
import { deadLettersBetween, deadLetterTest } from '../evidence/dead-letter-test.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { sumOf } from '../evidence/history.ts';
import { consumedBetween, windowStart } from '../evidence/rates.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/**
 * Dead letters grow faster than they did before.
 *
 * Dead letters come in clumps, so counting them one by one is over-confident. Two rules compare like with like instead:
 * a window that outgrows every window of the past by far, in more than one sample (quick), and samples that have more
 * of them, or have them more often, than those of the past (a sequential test, thorough). Both only if it is worth a rollback.
 */
export function deadLetters(evidence: Evidence): GateReason | null {
  return outgrowsEveryWindow(evidence) ?? againAndAgain(evidence);
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

function againAndAgain(evidence: Evidence): GateReason | null {
  const { settings } = evidence;
  const lately = latest(evidence, settings.churnMs);
  const logLimit = -Math.log(settings.alpha);
  const logWealth = lately === null || lately.messages <= lately.worthMessages ? 0 : deadLetterTest(evidence);
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
  const messages = begin === null ? null : deadLettersBetween(evidence, begin, last);
  if (begin === null || messages === null) return null;
  const consumed = sumOf(history.tracks.map((track) => consumedBetween(track, begin, last))) ?? 0;
  return { begin, messages, worthMessages: Math.max(settings.deadLetterMessages, settings.deadLetterRatio * consumed) };
}

/** What would be far more than any window of the past brought: its own clumps included, but no single one deciding. */
function outgrown(evidence: Evidence): number {
  const { history, baseline, settings } = evidence;
  const past: number[] = [];
  for (let index = baseline.from; index < baseline.until; index++) {
    const begin = windowStart(history.atMs, index, settings.rateMs, baseline.from);
    const messages = begin === null ? null : deadLettersBetween(evidence, begin, index);
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
    if ((deadLettersBetween(evidence, index - 1, index) ?? 0) >= PART * limit) parts++;
  }
  return parts >= 2;
}
