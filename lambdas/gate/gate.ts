import type { GateSettings } from '../core/gate/settings.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { FreshReading } from '../core/ports/fresh-reading.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import type { ReleaseLedger } from '../core/ports/release-ledger.ts';
import type { ReleaseWish } from '../core/release/open-entry.ts';
import type { Preflight } from '../core/release/preflight.ts';
import type { MemberSelector, Strategy } from '../core/release/release.ts';
import type { GateAnswer } from './answer.ts';
import { finishRelease } from './finish-release.ts';
import { followMembers } from './follow-members.ts';
import { judgeRelease } from './judge-release.ts';
import { askPreflight } from './preflight-release.ts';
import { type Execution, releaseIdOf } from './release-id.ts';
import { startRelease } from './start-release.ts';

export interface GateDependencies {
  readonly ledger: ReleaseLedger;
  readonly history: HistoryStore;
  readonly freshReading: FreshReading;
  /** What new releases are judged by. */
  readonly settings: GateSettings;
  readonly clock: Clock;
  /** Where a failure of ours is told that becomes no error of the call. */
  readonly warn: (message: string, error: unknown) => void;
}

/** Which release: by its id, or by the execution that started it. */
export type ReleaseName = { readonly releaseId: string } | Execution;

/** A release that a caller asks to start; its id follows from its execution. */
export interface StartWish extends Omit<ReleaseWish, 'id'> {
  /** The caller puts an old version back. */
  readonly isRollback: boolean;
}

export interface PreflightWish {
  readonly cluster: string;
  readonly group: string;
  readonly strategy: Strategy;
  readonly deadlineMs: number;
}

/**
 * The one engine behind every caller. What it throws is no decision: RELEASE_UNKNOWN and RELEASE_REFUSED are the
 * caller's mistakes, everything else (a store or a reading that failed) may work when it is asked again.
 */
export interface Gate {
  /** Whether a release could start, from stored samples. */
  preflight(wish: PreflightWish): Promise<Preflight>;
  /** Marks the offsets by a fresh reading and opens the release. The same execution again answers the same. */
  start(wish: StartWish): Promise<GateAnswer>;
  /** What is known now, from stored samples. The first decision that is not CONTINUE stands. */
  judge(name: ReleaseName): Promise<GateAnswer>;
  /** Tells the new version's members by this from now on: of a release whose members were not known at its start. */
  follow(name: ReleaseName, canary: MemberSelector): Promise<void>;
  /** Marks the offsets at the end, and gives the group free for the next release. */
  finish(name: ReleaseName): Promise<GateAnswer>;
}

export const openGate = (gate: GateDependencies): Gate => ({
  preflight: (wish) => askPreflight(gate, wish),
  start: ({ isRollback, ...wish }) => startRelease(gate, { ...wish, id: releaseIdOf(wish) }, isRollback),
  judge: (name) => judgeRelease(gate, name),
  follow: (name, canary) => followMembers(gate, name, canary),
  finish: (name) => finishRelease(gate, name),
});
