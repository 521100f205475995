import type { Reason } from './verdict.ts';

/** As a verdict tells it, and as it is stored every minute: fractions to three digits, which is more than rates are worth. */
export const toldReason = ({ numbers, ...rest }: Reason): Reason => ({
  ...rest,
  numbers: Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [
      name,
      Number.isInteger(value) ? value : Number(value.toPrecision(3)),
    ]),
  ),
});
