/** Samples on one grid, so that a window before the start is no coarser than one after it: at least ¾ of it apart. */
export function onGrid(atMs: readonly number[], from: number, until: number, gridMs: number): number[] {
  const indexes: number[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (let index = from; index < until; index++) {
    const at = atMs[index] ?? 0;
    if (at - lastMs < 0.75 * gridMs) continue;
    indexes.push(index);
    lastMs = at;
  }
  return indexes;
}
