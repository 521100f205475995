import type { Decision, EvidenceSummary, GateReason } from '../gate/judgement.ts';
import type { GateSettings } from '../gate/settings.ts';
import type { OffsetMarker } from './offset-marker.ts';
import type { Policies } from './policies.ts';
import type { Release } from './release.ts';

/** Who asked: the kind of caller, and what it calls itself (a pipeline, a service). */
export interface Asker {
  readonly caller: string;
  readonly name: string | null;
}

/** `recovery`: a pipeline puts the old version back, which is watched and never rolled back itself. */
export type ReleaseMode = 'release' | 'recovery';

/** One try at bringing out a release: a pipeline's stage can be run again. */
export interface Attempt {
  /** Counted from 1. */
  readonly number: number;
  readonly mode: ReleaseMode;
  /** The caller's own name for this run; the same one is the same release. */
  readonly executionId: string;
  /** Of the call that began it; the same call again begins nothing. Null: the caller's calls have no name. */
  readonly requestId: string | null;
  readonly askedBy: Asker;
  readonly startedAtMs: number;
  /** The group's offsets before the new version read anything. */
  readonly start: OffsetMarker;
  /** The group's offsets when it was over; null before, and when they could not be read then. */
  readonly finish: OffsetMarker | null;
}

/** What the gate said, when it said something else than before. */
export interface LedgerDecision {
  readonly attempt: number;
  readonly atMs: number;
  readonly decision: Decision;
  /** The same after the release's policies: what the caller was told. */
  readonly settled: Decision;
  readonly reasons: readonly GateReason[];
  readonly evidence: EvidenceSummary;
}

/** Offsets that were put back, or tried to be. */
export interface RecordedRollback {
  readonly atMs: number;
  readonly askedBy: Asker;
  /** `refused`: nothing was changed. `partly`: some partitions were refused. */
  readonly outcome: 'applied' | 'partly' | 'refused';
  /** What came of it, in words. */
  readonly sentence: string;
  readonly partitions: readonly RolledBackPartition[];
}

export interface RolledBackPartition {
  readonly topic: string;
  readonly partition: number;
  /** Null: nothing was committed. */
  readonly fromOffset: number | null;
  readonly toOffset: number;
  /** What the broker said: null is no error. */
  readonly error: string | null;
}

/** One release in the ledger: all that was known and said about it, kept as the record of an audit. */
export interface LedgerEntry {
  readonly cluster: string;
  /** As its present attempt is judged: `startedAtMs` is that attempt's. */
  readonly release: Release;
  /** Counts the writes; a write names the version that it makes. */
  readonly version: number;
  readonly state: 'open' | 'finished';
  /** When its first attempt began (epoch): its place in lists. */
  readonly openedAtMs: number;
  /** Null while it is open. */
  readonly finishedAtMs: number | null;
  readonly policies: Policies;
  /** What it is judged by, as configured when it was opened: a deployment meanwhile changes nothing. */
  readonly settings: GateSettings;
  /** The present one. */
  readonly attempt: Attempt;
  /** Those before it, oldest first. */
  readonly earlier: readonly Attempt[];
  /** Oldest first, over all attempts. */
  readonly decisions: readonly LedgerDecision[];
  readonly rollbacks: readonly RecordedRollback[];
}

/** What the present attempt was told last; null before that. */
export const lastDecision = ({ decisions, attempt }: LedgerEntry): LedgerDecision | null =>
  decisions.findLast((decision) => decision.attempt === attempt.number) ?? null;

/** The decision that stands for the present attempt, if there is one: the first that was not CONTINUE. */
export function finalDecision(entry: LedgerEntry): LedgerDecision | null {
  const last = lastDecision(entry);
  return last === null || last.decision === 'CONTINUE' ? null : last;
}

/** What a rollback goes back to: the start of the newest attempt that was a release and no recovery; null: of none. */
export const rollbackMarkerOf = ({ attempt, earlier }: LedgerEntry): OffsetMarker | null =>
  [...earlier, attempt].findLast(({ mode }) => mode === 'release')?.start ?? null;

/** Who never finishes a release, nor comes back to ask, has given it up this long after its deadline. */
const GIVEN_UP_AFTER_MS = 3_600_000;

/** Whether nobody can still be waiting for it, although it was never finished. */
export const isGivenUp = ({ release: { startedAtMs, deadlineMs } }: LedgerEntry, nowMs: number): boolean =>
  nowMs > startedAtMs + deadlineMs + GIVEN_UP_AFTER_MS;

/** Whether it is under way: closer readings are taken for it, and expected disturbances are not told at once. */
export const isWatched = (entry: LedgerEntry, nowMs: number): boolean =>
  entry.state === 'open' &&
  finalDecision(entry) === null &&
  nowMs <= entry.release.startedAtMs + entry.release.deadlineMs;
