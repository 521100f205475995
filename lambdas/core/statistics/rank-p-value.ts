/**
 * How unusually large a value is beside a reference: the share of reference values at least as large, the value itself
 * counted in, so that it is never 0. Uniform when the value is one of the same kind.
 *
 * @param sortedReference ascending
 */
export function rankPValue(value: number, sortedReference: readonly number[]): number {
  const atLeastAsLarge = sortedReference.length - firstNotBelow(sortedReference, value);
  return (1 + atLeastAsLarge) / (sortedReference.length + 1);
}

function firstNotBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
