import type { Decision } from '../../core/gate/judgement.ts';
import type { Strategy } from '../../core/release/release.ts';

/** GET /api/releases: the ledger, the youngest first. Query: `cluster` (required), `group`, `limit` (50, at most 200). */
export interface ReleasesAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  readonly releases: readonly ReleaseEntry[];
}

/** One deployment of one consumer, in one line. */
export interface ReleaseEntry {
  readonly id: string;
  readonly group: string;
  readonly strategy: Strategy;
  readonly startedAtMs: number;
  /** When a decision must have been made (epoch). */
  readonly deadlineAtMs: number;
  /** What the gate said last; null: it was not asked yet. */
  readonly decision: Decision | null;
  /** When it said so (epoch). */
  readonly decidedAtMs: number | null;
  /** The first reason in words. */
  readonly sentence: string | null;
}
