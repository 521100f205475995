import { type CostLine, totalUsd } from './cost-line.ts';
import type { Deployment } from './deployment.ts';
import { functionLines } from './function-lines.ts';
import { PRICES_AS_OF, PRICES_REGION } from './prices.ts';
import { reachLines } from './reach-lines.ts';
import { keyLines, tableLines } from './table-lines.ts';
import { watchLines } from './watch-lines.ts';

/** What a month costs, item by item, at AWS's list prices beyond every free tier. */
export interface Bill {
  readonly region: string;
  /** The day of the prices. */
  readonly pricesAsOf: string;
  readonly lines: readonly CostLine[];
  readonly totalUsd: number;
}

export function billOf(deployment: Deployment): Bill {
  const lines = [
    ...functionLines(deployment),
    ...tableLines(deployment),
    ...keyLines(deployment),
    ...watchLines(deployment),
    ...reachLines(deployment),
  ];
  return { region: PRICES_REGION, pricesAsOf: PRICES_AS_OF, lines, totalUsd: totalUsd(lines) };
}
