import type { Decision, Judgement } from '../gate/judgement.ts';
import { finalDecision, type LedgerDecision, type LedgerEntry, lastDecision } from './ledger-entry.ts';
import { settled } from './policies.ts';

/** A release that flaps for a day must not outgrow the ledger: the first so many and the newest stay. */
const DECISIONS_MAX = 60;

/**
 * The entry with a judgement in it, or null when that says nothing new: the same decision for the same reasons, or one
 * after the attempt's first final decision, which stands.
 */
export function withDecision(entry: LedgerEntry, { decision, reasons, evidence }: Judgement): LedgerEntry | null {
  if (finalDecision(entry) !== null) return null;
  const last = lastDecision(entry);
  if (last === null && decision === 'CONTINUE' && reasons.length === 0) return null;
  if (last !== null && last.decision === decision && codesOf(last) === codesOf({ reasons })) return null;
  const next: LedgerDecision = {
    attempt: entry.attempt.number,
    atMs: evidence.atMs,
    decision,
    settled: settledFor(entry, { decision, reasons }),
    reasons,
    evidence,
  };
  const kept = entry.decisions.length < DECISIONS_MAX ? entry.decisions : entry.decisions.slice(0, -1);
  return { ...entry, version: entry.version + 1, decisions: [...kept, next] };
}

/**
 * What a caller is told of a judgement. A recovery only reports: whatever it comes to, the rollback that it belongs to
 * must not fail by it.
 */
export function settledFor(
  { attempt, policies }: LedgerEntry,
  judgement: Pick<Judgement, 'decision' | 'reasons'>,
): Decision {
  if (attempt.mode === 'release') return settled(judgement, policies);
  return judgement.decision === 'CONTINUE' ? 'CONTINUE' : 'PROMOTE';
}

const codesOf = ({ reasons }: Pick<LedgerDecision, 'reasons'>): string => reasons.map(({ code }) => code).join(' ');
