import { PRICES, type PriceName } from './prices.ts';

/** One item of a monthly bill. */
export interface CostLine {
  readonly item: string;
  /** Units a month. */
  readonly quantity: number;
  /** What one of them is. */
  readonly unit: string;
  readonly unitPrice: number;
  readonly usd: number;
  /** Where the line comes from: `measured: …` when its quantity rests on a measurement, else `price: …`. */
  readonly from: string;
}

/** A line at a listed price. `measured` names what its quantity rests on. */
export function charge(
  item: string,
  quantity: number,
  price: PriceName,
  basis: { readonly measured?: string; readonly note?: string } = {},
): CostLine {
  const { usd: unitPrice, per: unit, page } = PRICES[price];
  const origin = basis.measured === undefined ? `price: ${page}` : `measured: ${basis.measured}`;
  const from = basis.note === undefined ? origin : `${origin}; ${basis.note}`;
  return { item, quantity, unit, unitPrice, usd: quantity * unitPrice, from };
}

/** US dollars of all of them. */
export const totalUsd = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
