import { countText } from '../../../core/quantity.ts';

/** What stands where a number is not known: never a zero. */
export const UNKNOWN_TEXT = '–';

/** A count in full up to 99,999, then in three digits: `1,204`, `1.20 M`. */
export function shortCountText(count: number | null): string {
  if (count === null) return UNKNOWN_TEXT;
  const magnitude = Math.abs(count);
  if (magnitude < 99_999.5) return count < 0 ? `−${countText(magnitude)}` : countText(count);
  const [divisor, unit] = UNITS.find(([from]) => magnitude >= from * 0.9995) ?? [1, ''];
  const scaled = count / divisor;
  return `${threeDigits(scaled)} ${unit}`;
}

const UNITS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

const threeDigits = (value: number): string =>
  value.toFixed(Math.abs(value) < 9.995 ? 2 : Math.abs(value) < 99.95 ? 1 : 0).replace('-', '−');

/** Messages per second: `0.25/s`, `12.5/s`, `1,204/s`. */
export function rateText(perS: number | null): string {
  if (perS === null) return UNKNOWN_TEXT;
  if (perS === 0) return '0/s';
  if (perS < 0.01) return '< 0.01/s';
  if (perS < 10) return `${Number(perS.toFixed(2))}/s`;
  if (perS < 100) return `${Number(perS.toFixed(1))}/s`;
  return `${shortCountText(perS)}/s`;
}

/** A share of 1 in whole per cent: `38 %`; what is not nothing is not `0 %`. */
export function shareText(ratio: number | null): string {
  if (ratio === null) return UNKNOWN_TEXT;
  const percent = ratio * 100;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

/** `1 group`, `2 groups`. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${countText(count)} ${count === 1 ? one : many}`;
