/** How large a sparkline is drawn; it is stretched to its place. */
export const SPARK = { width: 100, height: 24 } as const;

const PAD = 1.5;

/**
 * The line and the filled area of a trail, from 0 to its highest value. Nulls break the line; a trail without any value
 * has none. Times are not even where samples are missing, so x follows them.
 */
export function sparklinePath(
  values: readonly (number | null)[],
  atMs: readonly number[],
): { readonly line: string; readonly area: string } {
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  const from = atMs[0] ?? 0;
  const span = Math.max(1, (atMs.at(-1) ?? 0) - from);
  const x = (index: number): string => round((((atMs[index] ?? from) - from) / span) * SPARK.width);
  const y = (value: number): string => round(SPARK.height - PAD - (value / highest) * (SPARK.height - 2 * PAD));
  const runs = runsOf(values);
  const line = runs
    .map((run) => run.map(([index, value], place) => `${place === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`).join(''))
    .join('');
  const area = runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const points = run.map(([index, value]) => `L${x(index)} ${y(value)}`).join('');
      return `M${x(run[0]?.[0] ?? 0)} ${SPARK.height}${points}L${x(run.at(-1)?.[0] ?? 0)} ${SPARK.height}Z`;
    })
    .join('');
  return { line, area };
}

type Run = readonly (readonly [index: number, value: number])[];

/** Stretches of known values. */
function runsOf(values: readonly (number | null)[]): readonly Run[] {
  const runs: [number, number][][] = [];
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value === null) open = false;
    else {
      if (!open) runs.push([]);
      runs.at(-1)?.push([index, value]);
      open = true;
    }
  }
  return runs;
}

const round = (value: number): string => String(Math.round(value * 10) / 10);
