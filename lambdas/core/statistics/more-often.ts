import { logMeanExp } from './conformal-martingale.ts';

/** So many times more often than before: few and large ones for a flood, small ones for a drip. Needs no tuning. */
const TIMES = [1.5, 2, 3, 5, 10, 30] as const;
/** 97.5 % of a normal distribution lies below. */
const Z = 1.96;
/** No alternative claims that something happens every single time. */
const MOST = 0.999;

/**
 * The logarithm of the evidence that something happens more often than it did: an e-process, the mean of likelihood
 * ratios against several higher rates, so that looking after every trial costs nothing (Ville's inequality). Taken as
 * the rate before is the upper end of its Wilson interval, so that a past that was lucky costs no false alarms.
 *
 * @param before in how many of how many trials it happened
 * @param trials whether it happened, one after the other
 */
export function logWealthMoreOften(
  before: { readonly happened: number; readonly of: number },
  trials: readonly boolean[],
): number {
  const base = Math.min(MOST, wilsonUpper(before));
  const logs = TIMES.map((times) => {
    const rate = Math.min(MOST, 1 - (1 - base) ** times);
    const [yes, no] = [Math.log(rate / base), Math.log((1 - rate) / (1 - base))];
    return trials.reduce((sum, happened) => sum + (happened ? yes : no), 0);
  });
  return logMeanExp(logs);
}

/** The upper end of Wilson's score interval for a probability. */
function wilsonUpper({ happened, of }: { readonly happened: number; readonly of: number }): number {
  const share = happened / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return (share + Z ** 2 / (2 * of) + spread) / (1 + Z ** 2 / of);
}
