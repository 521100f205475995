import type { Decision, GateReason } from '../core/gate/judgement.ts';
import { finalDecision, type LedgerEntry, lastDecision } from '../core/release/ledger-entry.ts';
import { visible } from '../core/visible.ts';

/** What the gate answers about a release, before a caller puts it into its own words. */
export interface GateAnswer {
  readonly releaseId: string;
  readonly attempt: number;
  /** After the policies: INCONCLUSIVE only where a human is to answer. */
  readonly decision: Decision;
  readonly reasons: readonly GateReason[];
  /** When to ask again; null once nothing changes any more. */
  readonly retryAfterSeconds: number | null;
  /** How much of the time to the deadline is over, 0–1. */
  readonly elapsedRatio: number;
}

/** The answer that the ledger holds. */
export function answerOf(entry: LedgerEntry, nowMs: number): GateAnswer {
  const { release, attempt, settings } = entry;
  const last = lastDecision(entry);
  const isOver = finalDecision(entry) !== null || entry.state === 'finished';
  return {
    releaseId: release.id,
    attempt: attempt.number,
    decision: last?.settled ?? 'CONTINUE',
    reasons: last?.reasons ?? [],
    // Half a sampling interval: while a release is open there are readings in between.
    retryAfterSeconds: isOver ? null : Math.max(1, Math.round(settings.gridMs / 2_000)),
    elapsedRatio: Math.min(1, Math.max(0, (nowMs - release.startedAtMs) / release.deadlineMs)),
  };
}

/** The answer as JSON, for callers that understand it: a reason's numbers stand beside its code. */
export const answerJson = ({ releaseId, attempt, decision, reasons, retryAfterSeconds }: GateAnswer) => ({
  decision,
  reasons: reasons.map(reasonJson),
  ...(retryAfterSeconds === null ? {} : { retryAfterSeconds }),
  releaseId,
  attempt,
});

export const reasonJson = ({ code, numbers, sentence }: GateReason) => ({ code, ...numbers, sentence });

/** All reasons in one line. */
export const reasonsText = (reasons: readonly GateReason[]): string =>
  reasons.map(({ sentence }) => visible(sentence)).join('; ');
