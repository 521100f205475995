import type { GateSettings } from '../gate/settings.ts';
import type { Asker, Attempt, LedgerEntry, ReleaseMode } from './ledger-entry.ts';
import type { OffsetMarker } from './offset-marker.ts';
import type { Policies } from './policies.ts';
import type { Release } from './release.ts';

/** A release as it is asked for. */
export interface ReleaseWish {
  readonly id: string;
  readonly cluster: string;
  readonly group: string;
  readonly strategy: Release['strategy'];
  readonly canary: Release['canary'];
  readonly deadlineMs: number;
  readonly policies: Policies;
  readonly executionId: string;
  readonly requestId: string | null;
  readonly askedBy: Asker;
}

/** The entry of a release that begins now, as `start` marks it. */
export function newEntry(
  wish: ReleaseWish,
  {
    mode,
    start,
    settings,
  }: { readonly mode: ReleaseMode; readonly start: OffsetMarker; readonly settings: GateSettings },
): LedgerEntry {
  const { id, cluster, group, strategy, canary, deadlineMs, policies } = wish;
  return {
    cluster,
    release: { id, group, strategy, canary, deadlineMs, startedAtMs: start.atMs },
    version: 1,
    state: 'open',
    openedAtMs: start.atMs,
    finishedAtMs: null,
    policies,
    settings,
    attempt: attemptOf(wish, { number: 1, mode, start }),
    earlier: [],
    decisions: [],
    rollbacks: [],
  };
}

/**
 * The next attempt of a release. A retry is asked for like a release, and may ask for something else than before; a
 * recovery goes on with what was asked for then.
 */
export function nextAttempt(
  of: LedgerEntry,
  wish: ReleaseWish,
  {
    mode,
    start,
    settings,
  }: { readonly mode: ReleaseMode; readonly start: OffsetMarker; readonly settings: GateSettings },
): LedgerEntry {
  const { strategy, canary, deadlineMs, policies } =
    mode === 'recovery' ? { ...of.release, policies: of.policies } : wish;
  return {
    ...of,
    release: { ...of.release, strategy, canary, deadlineMs, startedAtMs: start.atMs },
    version: of.version + 1,
    state: 'open',
    finishedAtMs: null,
    policies,
    settings,
    attempt: attemptOf(wish, { number: of.attempt.number + 1, mode, start }),
    earlier: [...of.earlier, of.attempt],
  };
}

const attemptOf = (
  { executionId, requestId, askedBy }: ReleaseWish,
  { number, mode, start }: Pick<Attempt, 'number' | 'mode' | 'start'>,
): Attempt => ({ number, mode, executionId, requestId, askedBy, startedAtMs: start.atMs, start, finish: null });

/** The entry with its present attempt over. @param finish null: the offsets at its end are not known */
export const finished = (entry: LedgerEntry, atMs: number, finish: OffsetMarker | null): LedgerEntry => ({
  ...entry,
  version: entry.version + 1,
  state: 'finished',
  finishedAtMs: atMs,
  attempt: { ...entry.attempt, finish },
});
