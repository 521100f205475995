import { median } from './quantile.ts';

/** Makes the median absolute deviation of normal data equal to its standard deviation. */
const NORMAL_CONSISTENCY = 1.4826;

/**
 * How far values usually lie from their median, unmoved by a few wild ones: the scaled median absolute deviation,
 * R's `mad`. Null without values.
 *
 * @example robustSpread([1, 2, 3, 4, 100]) // 1.4826
 */
export function robustSpread(values: readonly number[]): number | null {
  const middle = median(values);
  return middle === null ? null : scaled(median(values.map((value) => Math.abs(value - middle))));
}

const scaled = (deviation: number | null): number | null =>
  deviation === null ? null : NORMAL_CONSISTENCY * deviation;
