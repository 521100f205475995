/** A number as whole digits and a power of ten: 12.3 is 123 and -1, 90,000 is 90 and 3. */
export interface Decimal {
  readonly digits: number;
  readonly exponent: number;
}

/** Null: it has more digits than a whole number can hold, or none at all. */
export function decimalOf(value: number): Decimal | null {
  if (Object.is(value, -0) || !Number.isFinite(value)) return null;
  if (Number.isSafeInteger(value)) {
    return value !== 0 && value % 1_000 === 0 ? { digits: value / 1_000, exponent: 3 } : { digits: value, exponent: 0 };
  }
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const decimal = { digits: Number(whole + fraction), exponent: Number(power) - fraction.length };
  return Number.isSafeInteger(decimal.digits) && numberOf(decimal) === value ? decimal : null;
}

export const numberOf = ({ digits, exponent }: Decimal): number =>
  exponent >= 0 && exponent <= 3 ? digits * 10 ** exponent : Number(`${digits}e${exponent}`);
