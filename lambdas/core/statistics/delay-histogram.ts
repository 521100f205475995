/**
 * How often delays of which length occurred: counts in bins that each reach a tenth further than the one before, so
 * that a quantile is right to a tenth and a day of delays fits into a few dozen numbers.
 */
export interface DelayHistogram {
  /** By bin; a bin's upper edge is `floorMs` × 1.1^index. The first bin holds everything up to `floorMs`. */
  counts: number[];
  total: number;
}

const RATIO = 1.1;

export const emptyHistogram = (): DelayHistogram => ({ counts: [], total: 0 });

/** Counts one delay. */
export function addDelay(histogram: DelayHistogram, delayMs: number, floorMs: number): void {
  const bin = delayMs <= floorMs ? 0 : Math.ceil(Math.log(delayMs / floorMs) / Math.log(RATIO));
  for (let index = histogram.counts.length; index <= bin; index++) histogram.counts.push(0);
  histogram.counts[bin] = (histogram.counts[bin] ?? 0) + 1;
  histogram.total += 1;
}

/** The delay that at most `shareAbove` (0–1) of all delays exceed: its bin's upper edge. 0 when nothing was counted. */
export function delayExceededBy({ counts, total }: DelayHistogram, shareAbove: number, floorMs: number): number {
  let above = 0;
  for (let bin = counts.length - 1; bin >= 0; bin--) {
    above += counts[bin] ?? 0;
    if (above > shareAbove * total) return floorMs * RATIO ** bin;
  }
  return 0;
}

/**
 * Lets old delays count half as much: called once per period, it keeps the histogram to the recent past. Hundredths are
 * rounded down, or the last one would never go.
 */
export function ageDelays(histogram: DelayHistogram): void {
  for (const [bin, count] of histogram.counts.entries()) histogram.counts[bin] = Math.floor(count * 50) / 100;
  while (histogram.counts.at(-1) === 0) histogram.counts.pop();
  histogram.total = histogram.counts.reduce((sum, count) => sum + count, 0);
}
