import type { Evidence } from '../evidence/evidence.ts';
import { onGrid } from '../evidence/grid.ts';
import { isSettled } from '../evidence/history.ts';
import { spanOf } from '../evidence/rates.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** A group may rebalance once while it is watched. */
const UNSETTLED_MAX = 1;
/** So often over a longer time is no hand-over any more, and may be the beginning of a storm. */
const RESTLESS = 3;

/** The last windows could be read, and the group was stable in them, is so now, and was not restless before. */
export function seenLately(evidence: Evidence): GateReason | null {
  const { history, settings, start, last } = evidence;
  const wanted = settings.healthySamples;
  const windows = onGrid(history.atMs, start, last + 1, settings.gridMs).slice(-wanted);
  const spanMs = spanOf(history.atMs, windows[0] ?? last, last);
  const limitMs = 2 * wanted * settings.gridMs;
  const unrest = unrestOf(evidence, windows);
  if (unrest !== null) return unrest;
  const numbers = { windows: windows.length, wanted, spanMs, limitMs };
  if (windows.length >= wanted && spanMs <= limitMs) return null;
  const sentence = `${windows.length} windows could be read within ${seconds(spanMs)}, wanted ${wanted} within ${seconds(limitMs)}`;
  return { code: 'TOO_FEW_SAMPLES', numbers, sentence };
}

/** The windows of a promotion, with the newest sample, and those of the time in which restarts are counted together. */
function unrestOf({ history, settings, start, last, nowMs }: Evidence, windows: readonly number[]): GateReason | null {
  const isUnsettled = (index: number): boolean => !isSettled(history.state[index]);
  const unsettled = windows.filter(isUnsettled).length;
  const unsettledBefore = onGrid(history.atMs, start, last + 1, settings.gridMs)
    .filter((index) => nowMs - (history.atMs[index] ?? 0) <= settings.churnMs)
    .filter(isUnsettled).length;
  if (!isUnsettled(last) && unsettled <= UNSETTLED_MAX && unsettledBefore < RESTLESS) return null;
  const numbers = {
    unsettled,
    windows: windows.length,
    limit: UNSETTLED_MAX,
    unsettledBefore,
    spanMs: settings.churnMs,
    limitBefore: RESTLESS - 1,
  };
  return {
    code: 'NOT_SETTLED',
    numbers,
    sentence: `the group ${isUnsettled(last) ? 'is rebalancing; it ' : ''}was rebalancing in ${unsettled} of the last ${windows.length} windows, limit ${UNSETTLED_MAX}, and in ${unsettledBefore} over ${seconds(settings.churnMs)}, limit ${RESTLESS - 1}`,
  };
}
