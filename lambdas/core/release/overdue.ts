import { type Judgement, nothingSeen } from '../gate/judgement.ts';
import { seconds } from '../gate/seconds.ts';
import { type LedgerEntry, lastDecision } from './ledger-entry.ts';

/** After the deadline the last samples are still on their way for so many sampling intervals. */
const GRACE_INTERVALS = 2;

const isOverdue = ({ release, settings }: LedgerEntry, nowMs: number): boolean =>
  nowMs > release.startedAtMs + release.deadlineMs + GRACE_INTERVALS * settings.gridMs;

/** The judgement, unless the deadline passed without a sample that would have said so: then it is INCONCLUSIVE. */
export function unlessOverdue(judgement: Judgement, entry: LedgerEntry, nowMs: number): Judgement {
  if (judgement.decision !== 'CONTINUE' || !isOverdue(entry, nowMs)) return judgement;
  const blindMs = nowMs - judgement.evidence.atMs;
  const { cluster, release } = entry;
  const reason = {
    code: 'BLIND',
    numbers: { blindMs },
    sentence: `no sample of "${release.group}" in ${cluster} came for ${seconds(blindMs)}, and the deadline is over`,
  };
  return { ...judgement, decision: 'INCONCLUSIVE', reasons: [...judgement.reasons, reason] };
}

/**
 * What is said while we can't judge for a reason of our own: nothing is decided, until time is up. `why` is the failure
 * in words.
 */
export function notJudged(entry: LedgerEntry, why: string, nowMs: number): Judgement {
  const reasons = [{ code: 'NOT_JUDGED', numbers: {}, sentence: `the gate could not judge: ${why}` }];
  const evidence = lastDecision(entry)?.evidence ?? nothingSeen(entry.release.startedAtMs);
  return { decision: isOverdue(entry, nowMs) ? 'INCONCLUSIVE' : 'CONTINUE', reasons, evidence };
}
