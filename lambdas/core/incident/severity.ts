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

/** What can no longer be made good weighs most, then what gets worse while nobody looks, then what still moves. */
const HEAVIEST_FIRST: readonly IncidentKind[] = [
  'STORM',
  'DATA_LOSS',
  'SKIP',
  'REWIND',
  'STOPPED',
  'STALLED',
  'REBALANCE_STORM',
  'FALLING_BEHIND',
  'UNREADABLE',
];

/** Whether a kind is worse than another one, whatever their severities. */
export const isHeavier = (kind: IncidentKind, than: IncidentKind): boolean =>
  HEAVIEST_FIRST.indexOf(kind) < HEAVIEST_FIRST.indexOf(than);
