import type { Decision } from '../../../core/gate/judgement.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { TONE_OF_DECISION } from '../words/statuses.ts';

const WORDS: Readonly<Record<Decision, string>> = {
  CONTINUE: 'Continue',
  PROMOTE: 'Promote',
  ROLLBACK: 'Roll back',
  INCONCLUSIVE: 'Inconclusive',
};

/** A decision in a reader's words. */
export const decisionWord = (decision: Decision): string => WORDS[decision];

/** What the gate said, as shape and word. */
export const DecisionMark = ({ decision }: { readonly decision: Decision | null }) =>
  decision === null ? (
    <StatusMark tone="unknown">Not asked yet</StatusMark>
  ) : (
    <StatusMark tone={TONE_OF_DECISION[decision]}>{WORDS[decision]}</StatusMark>
  );
