import type { FaultName } from './story.ts';

/** What the demo's programs write to standard output, a JSON object a line. */
export type Told =
  /** Every partition of every group of the program has its first commit. */
  { readonly ready: true } | { readonly fault: FaultName; readonly group: string; readonly sentence: string };

/** Tells the process that started this one. */
export function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
