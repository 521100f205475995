import { finalDecision, isGivenUp, type LedgerEntry } from './ledger-entry.ts';

/** What was asked when a release was to start. */
export interface StartRequest {
  readonly executionId: string;
  /** As in `Attempt`. */
  readonly requestId: string | null;
  /** The caller puts an old version back (a CodePipeline execution of type ROLLBACK). */
  readonly isRollback: boolean;
  readonly nowMs: number;
}

/** What the ledger knows about the group and the execution. */
export interface LedgerView {
  /** The release of this execution. */
  readonly own: LedgerEntry | null;
  /** The group's newest release, open or not. */
  readonly newest: LedgerEntry | null;
  /** The group's open release. */
  readonly open: LedgerEntry | null;
}

export type StartPlan =
  /** It has started already: the answer is the same as before. */
  | { readonly kind: 'known'; readonly entry: LedgerEntry }
  /** `gaveUp`: an older release that nobody ever finished, to be closed first. */
  | { readonly kind: 'open'; readonly mode: 'release' | 'recovery'; readonly gaveUp: LedgerEntry | null }
  | { readonly kind: 'retry'; readonly of: LedgerEntry; readonly gaveUp: LedgerEntry | null }
  /** The old version comes back: the release that failed goes on, in recovery mode. */
  | { readonly kind: 'adopt'; readonly of: LedgerEntry }
  | { readonly kind: 'refused'; readonly by: LedgerEntry };

/**
 * What becomes of a start. The same execution is the same release, and a retry of it opens the release's next attempt;
 * a rollback adopts what it takes back, past every refusal; and two releases of one group are never open at a time.
 */
export function planStart(request: StartRequest, { own, newest, open }: LedgerView): StartPlan {
  if (request.isRollback) return planRecovery(request, open ?? newest);
  if (own !== null && !isRetry(request, own)) return { kind: 'known', entry: own };
  const other = open !== null && open.release.id !== own?.release.id ? open : null;
  if (other !== null && !isGivenUp(other, request.nowMs)) return { kind: 'refused', by: other };
  return own === null ? { kind: 'open', mode: 'release', gaveUp: other } : { kind: 'retry', of: own, gaveUp: other };
}

/** Once an attempt is over, its execution asks to start only to try again; the very same call is only delivered twice. */
function isRetry({ requestId }: StartRequest, own: LedgerEntry): boolean {
  const isRepeat = requestId !== null && requestId === own.attempt.requestId;
  return !isRepeat && (own.state === 'finished' || finalDecision(own) !== null);
}

function planRecovery({ executionId }: StartRequest, of: LedgerEntry | null): StartPlan {
  if (of === null) return { kind: 'open', mode: 'recovery', gaveUp: null };
  const isKnown = of.attempt.mode === 'recovery' && of.attempt.executionId === executionId;
  return isKnown ? { kind: 'known', entry: of } : { kind: 'adopt', of };
}
