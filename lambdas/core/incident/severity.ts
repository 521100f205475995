import type { IncidentKind } from './incident.ts';

export type Severity = 'warning' | 'critical';

/** How loudly each kind is told: a consumer that still moves, and what is merely not known, are warnings. */
export const SEVERITY_OF: Readonly<Record<IncidentKind, Severity>> = {
  STOPPED: 'critical',
  STALLED: 'critical',
  FALLING_BEHIND: 'warning',
  REWIND: 'critical',
  SKIP: 'critical',
  DATA_LOSS: 'critical',
  REBALANCE_STORM: 'critical',
  UNREADABLE: 'warning',
  STORM: 'critical',
};
