import { CHECKS } from './checks/check-list.ts';
import type { Evidence } from './evidence/evidence.ts';
import { summaryOf } from './evidence/summary.ts';
import type { Decision, GateReason, Judgement } from './judgement.ts';
import { CRITERIA } from './promotion/criteria.ts';
import { NOT_VISIBLE, shown } from './promotion/shown.ts';

/**
 * The decision that findings add up to: one reason to roll back outweighs everything, a promotion needs all criteria,
 * and waiting ends at the deadline. Pure and small, so that nothing else can decide.
 */
export function combine(findings: {
  readonly wrong: number;
  readonly missing: number;
  readonly isDue: boolean;
}): Decision {
  if (findings.wrong > 0) return 'ROLLBACK';
  if (findings.missing === 0) return 'PROMOTE';
  return findings.isDue ? 'INCONCLUSIVE' : 'CONTINUE';
}

/**
 * Runs every check and criterion over the evidence.
 *
 * @param atMs the time of the newest snapshot, which may be newer than the evidence
 * @param isSeen false: that snapshot did not show the group; then nothing new is known, and nothing is decided but
 * that time is up
 */
export function decide(evidence: Evidence, atMs: number, isSeen: boolean): Judgement {
  const wrong = isSeen ? answersOf(CHECKS, evidence) : [];
  const missing = isSeen ? answersOf(CRITERIA, evidence) : [blind(evidence, atMs)];
  const isDue = atMs - evidence.release.startedAtMs >= evidence.release.deadlineMs;
  const decision = combine({ wrong: wrong.length, missing: missing.length, isDue });
  return { decision, reasons: reasonsFor(decision, wrong, missing, evidence), evidence: summaryOf(evidence, atMs) };
}

const answersOf = (
  questions: readonly ((evidence: Evidence) => GateReason | null)[],
  evidence: Evidence,
): GateReason[] => questions.map((ask) => ask(evidence)).filter((reason) => reason !== null);

function reasonsFor(decision: Decision, wrong: GateReason[], missing: GateReason[], evidence: Evidence): GateReason[] {
  switch (decision) {
    case 'ROLLBACK':
      return wrong;
    case 'PROMOTE':
      return shown(evidence);
    case 'INCONCLUSIVE':
      return [...missing, NOT_VISIBLE];
    case 'CONTINUE':
      return missing;
  }
}

function blind({ nowMs, release }: Evidence, atMs: number): GateReason {
  const blindMs = atMs - nowMs;
  return {
    code: 'BLIND',
    numbers: { blindMs },
    sentence: `"${release.group}" could not be read; it was last seen ${Math.round(blindMs / 1_000)} s ago`,
  };
}
