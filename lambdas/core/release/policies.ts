import type { Decision, Judgement } from '../gate/judgement.ts';

export const POLICIES = ['rollback', 'promote', 'manual'] as const;
/** What a release comes to when the gate can't tell. `manual`: a human answers; only some callers can wait for one. */
export type Policy = (typeof POLICIES)[number];

/** Chosen by whoever wires a gate; there is no silent default. */
export interface Policies {
  readonly onInconclusive: Policy;
  /** The group could not be read at the deadline. */
  readonly onBlind: Policy;
  /** All that was missing at the deadline was traffic. */
  readonly onLowTraffic: Policy;
}

const DECISION_OF: Readonly<Record<Policy, Decision>> = {
  rollback: 'ROLLBACK',
  promote: 'PROMOTE',
  manual: 'INCONCLUSIVE',
};

/** Reasons that say nothing of the release, but that it could not be seen. */
const BLINDNESS: readonly string[] = ['BLIND', 'NOT_JUDGED'];

/** The decision that a caller is given: INCONCLUSIVE stays one only where a human is to answer. */
export function settled({ decision, reasons }: Pick<Judgement, 'decision' | 'reasons'>, policies: Policies): Decision {
  if (decision !== 'INCONCLUSIVE') return decision;
  const codes = reasons.map(({ code }) => code).filter((code) => code !== 'NOT_VISIBLE');
  if (codes.some((code) => BLINDNESS.includes(code))) return DECISION_OF[policies.onBlind];
  const quiet = codes.length > 0 && codes.every((code) => code === 'TOO_LITTLE_TRAFFIC');
  return DECISION_OF[quiet ? policies.onLowTraffic : policies.onInconclusive];
}
