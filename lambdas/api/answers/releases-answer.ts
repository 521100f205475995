import type { Decision } from '../../core/gate/judgement.ts';
import type { Asker, ReleaseMode } from '../../core/release/ledger-entry.ts';
import type { Strategy } from '../../core/release/release.ts';

/**
 * GET /api/releases: the ledger, the youngest first.
 *
 * Query: `cluster` (required), `group`, `limit` (50, at most 200), `after` (`next` of the page before).
 */
export interface ReleasesAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  readonly releases: readonly ReleaseEntry[];
  /** Where the next page goes on; null: there are no more. */
  readonly next: string | null;
}

/** One deployment of one consumer, in one line; attempts before the present one are left out. */
export interface ReleaseEntry {
  readonly id: string;
  readonly group: string;
  readonly strategy: Strategy;
  readonly state: 'open' | 'finished';
  /** `recovery`: a pipeline puts the old version back. */
  readonly mode: ReleaseMode;
  /** Counted from 1. */
  readonly attempt: number;
  readonly askedBy: Asker;
  readonly startedAtMs: number;
  /** Null while it is open. */
  readonly finishedAtMs: number | null;
  /** When a decision must have been made (epoch). */
  readonly deadlineAtMs: number;
  /** What the gate said last; null, as the next three: it was not asked yet. */
  readonly decision: Decision | null;
  /** The same after the release's policies: what the caller was told. */
  readonly settled: Decision | null;
  readonly decidedAtMs: number | null;
  /** The first reason in words. */
  readonly sentence: string | null;
}
