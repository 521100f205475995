import type { ProblemKind } from '../status/verdict.ts';

export type Severity = 'warning' | 'critical';

/** How loudly each kind is told: only a consumer that still moves is a warning. */
export const SEVERITY_OF: Readonly<Record<ProblemKind, Severity>> = {
  STOPPED: 'critical',
  STALLED: 'critical',
  FALLING_BEHIND: 'warning',
  REWIND: 'critical',
  SKIP: 'critical',
  DATA_LOSS: 'critical',
  REBALANCE_STORM: 'critical',
};
