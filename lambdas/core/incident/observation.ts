import type { GroupVerdict } from '../status/verdict.ts';

/** One verdict, seen at one slot. */
export interface Observation {
  readonly cluster: string;
  readonly slotMs: number;
  readonly atMs: number;
  readonly verdict: GroupVerdict;
}
