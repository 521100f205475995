/**
 * The value below which a share `q` (0–1) of the values lies, with linear interpolation between neighbours: R's
 * default (`type = 7`) and SciPy's. Null without values. The order of the values does not matter.
 *
 * @example quantile([1, 2, 3, 4, 10], 0.9) // 7.6
 */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * Math.min(1, Math.max(0, q));
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle value; between the two middle ones if their number is even. Null without values. */
export const median = (values: readonly number[]): number | null => quantile(values, 0.5);
