/**
 * Kendall's rank correlation of a series with its own order: 1 when every later value is larger, -1 when every later
 * one is smaller, 0 without a trend. Only ranks count, so that one huge value weighs no more than any other.
 *
 * Ties count for neither side (tau-a). Fewer than two values: 0. https://doi.org/10.1093/biomet/30.1-2.81
 *
 * @example kendallTau([1, 2, 3, 5, 4]) // 0.8
 */
export function kendallTau(series: readonly number[]): number {
  let balance = 0;
  for (const [index, earlier] of series.entries()) {
    for (let later = index + 1; later < series.length; later++) balance += Math.sign((series[later] ?? 0) - earlier);
  }
  const pairs = (series.length * (series.length - 1)) / 2;
  return pairs === 0 ? 0 : balance / pairs;
}
