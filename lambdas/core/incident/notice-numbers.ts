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

/** `12.5 messages/s come in, 3 go out; caught up in 6 min.` What is not known is left out. */
export function ratesText({ producedPerS, consumedPerS, drainEtaMs, lossEtaMs }: NoticeRates): readonly string[] {
  const rates = [
    ...(producedPerS.kind === 'known' ? [`${rateText(producedPerS.value)} messages/s come in`] : []),
    ...(consumedPerS.kind === 'known' ? [`${rateText(consumedPerS.value)} messages/s go out`] : []),
  ].join(', ');
  const where = lossText(lossEtaMs) ?? drainText(drainEtaMs);
  const parts = [rates, where].filter((text) => text !== null && text !== '');
  return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
}

const lossText = (eta: Estimate): string | null =>
  eta.kind === 'known' ? `retention deletes unread messages in ${durationText(eta.value)}` : null;

function drainText(eta: Estimate): string | null {
  if (eta.kind === 'unknown') return null;
  if (eta.kind === 'never') return 'at these rates it never catches up';
  return eta.value === 0 ? null : `caught up in ${durationText(eta.value)}`;
}

/** Three digits are enough: `0.03`, `1.2`, `340`. */
const rateText = (perS: number): string => `${Number(perS.toPrecision(3))}`;
