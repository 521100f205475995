import { durationText } from '../quantity.ts';
import type { Estimate } from '../status/measures.ts';
import type { TimeLag } from '../status/verdict.ts';
import type { NoticeRates } from './notice.ts';

/** `, the oldest for 6 min`, or nothing where that is not known. */
export function agoText(timeLag: TimeLag): string {
  switch (timeLag.kind) {
    case 'known':
      return `, the oldest for ${durationText(timeLag.timeLagMs)}`;
    case 'atLeast':
      return `, the oldest for at least ${durationText(timeLag.timeLagMs)}`;
    case 'unknown':
      return '';
  }
}

/** `Lately 12.5 messages/s came in, 30 messages/s went out; caught up in 6 min.` What is not known is left out. */
export function ratesText(rates: NoticeRates): readonly string[] {
  const { producedPerS, consumedPerS, lossEtaMs } = rates;
  const flows = [
    ...(producedPerS.kind === 'known' ? [`${rateText(producedPerS.value)} messages/s came in`] : []),
    ...(consumedPerS.kind === 'known' ? [`${rateText(consumedPerS.value)} messages/s went out`] : []),
  ].join(', ');
  const where = lossText(lossEtaMs) ?? drainText(rates);
  const parts = [flows === '' ? null : `Lately ${flows}`, where].filter((text) => text !== null);
  return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
}

const lossText = (eta: Estimate): string | null =>
  eta.kind === 'known' ? `retention deletes unread messages in ${durationText(eta.value)}` : null;

function drainText({ drainEtaMs: eta, producedPerS, consumedPerS }: NoticeRates): string | null {
  if (eta.kind === 'unknown') return null;
  if (eta.kind === 'known') return eta.value === 0 ? null : `caught up in ${durationText(eta.value)}`;
  // Rates reach back to when it still moved, and may look well.
  const looksWell =
    producedPerS.kind === 'known' && consumedPerS.kind === 'known' && consumedPerS.value > producedPerS.value;
  return looksWell ? 'what stands still now never catches up' : 'at these rates it never catches up';
}

/** Three digits are enough: `0.03`, `1.2`, `340`. */
const rateText = (perS: number): string => `${Number(perS.toPrecision(3))}`;
