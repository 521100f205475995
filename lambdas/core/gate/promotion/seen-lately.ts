import type { Evidence } from '../evidence/evidence.ts';
import { onGrid } from '../evidence/grid.ts';
import { isSettled } from '../evidence/history.ts';
import { spanOf } from '../evidence/rates.ts';
import type { GateReason } from '../judgement.ts';
import { seconds } from '../seconds.ts';

/** A group may rebalance once while it is watched. */
const UNSETTLED_MAX = 1;

/** The last windows could be read, and the group was stable in them. */
export function seenLately({ history, settings, start, last }: Evidence): GateReason | null {
  const wanted = settings.healthySamples;
  const windows = onGrid(history.atMs, start, last + 1, settings.gridMs).slice(-wanted);
  const spanMs = spanOf(history.atMs, windows[0] ?? last, last);
  const limitMs = 2 * wanted * settings.gridMs;
  const unsettled = windows.filter((index) => !isSettled(history.state[index])).length;
  const numbers = { windows: windows.length, wanted, spanMs, limitMs, unsettled };
  if (unsettled > UNSETTLED_MAX) {
    const sentence = `the group was rebalancing in ${unsettled} of the last ${windows.length} windows, limit ${UNSETTLED_MAX}`;
    return { code: 'NOT_SETTLED', numbers, sentence };
  }
  if (windows.length >= wanted && spanMs <= limitMs) return null;
  const sentence = `${windows.length} windows could be read within ${seconds(spanMs)}, wanted ${wanted} within ${seconds(limitMs)}`;
  return { code: 'TOO_FEW_SAMPLES', numbers, sentence };
}
