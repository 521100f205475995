import type { Estimate, EstimateSource, Sureness } from '../../measures.ts';

/** Too little was seen, or read. */
export const UNKNOWN: Estimate = { kind: 'unknown' };

export const known = (value: number, source: EstimateSource, sureness: Sureness): Estimate => ({
  kind: 'known',
  value,
  source,
  sureness,
});

/** To three digits, which is more than estimates are worth: a group's are part of its verdict and stored every minute. */
export const roughly = (value: number, source: EstimateSource, sureness: Sureness): Estimate =>
  known(Number(value.toPrecision(3)), source, sureness);

/** Nothing is left to do: there are many of these, so they are one. */
export const NOTHING_LEFT: Estimate = known(0, 'measured', 'high');

const NEVER: Readonly<Record<Sureness, Estimate>> = {
  high: { kind: 'never', source: 'extrapolated', sureness: 'high' },
  low: { kind: 'never', source: 'extrapolated', sureness: 'low' },
};

/** It does not come to that at the present rates. */
export const never = (sureness: Sureness): Estimate => NEVER[sureness];

/** Adds up estimates of the parts of a whole. */
export interface Tally {
  sum: number;
  most: number;
  least: number;
  known: number;
  never: boolean;
  asked: number;
  sureness: Sureness;
}

export const newTally = (): Tally => ({
  sum: 0,
  most: 0,
  least: Number.POSITIVE_INFINITY,
  known: 0,
  never: false,
  asked: 0,
  sureness: 'high',
});

export function tally(to: Tally, estimate: Estimate): void {
  to.asked += 1;
  if (estimate.kind === 'unknown') return;
  if (estimate.sureness === 'low') to.sureness = 'low';
  if (estimate.kind === 'never') {
    to.never = true;
    return;
  }
  to.known += 1;
  to.sum += estimate.value;
  if (estimate.value > to.most) to.most = estimate.value;
  if (estimate.value < to.least) to.least = estimate.value;
}

/** What is known of a sum; unsure when a part of it is not known. */
export const sumOf = ({ known: parts, asked, sum, sureness }: Tally): Estimate =>
  parts === 0 ? UNKNOWN : roughly(sum, 'measured', parts < asked ? 'low' : sureness);

/** When the last part is done: never, if one of them is never done. */
export function lastOf({ never: some, known: parts, most, sureness }: Tally): Estimate {
  if (some) return never(sureness);
  if (parts === 0) return UNKNOWN;
  return most === 0 ? NOTHING_LEFT : roughly(most, 'extrapolated', sureness);
}

/** When the first part comes to it: never, if it comes to none. */
export function firstOf({ never: some, known: parts, least, sureness }: Tally): Estimate {
  if (parts > 0) return roughly(least, 'extrapolated', sureness);
  return some ? never(sureness) : UNKNOWN;
}
