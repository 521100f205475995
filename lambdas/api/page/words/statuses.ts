import type { Decision } from '../../../core/gate/judgement.ts';
import type { IncidentKind } from '../../../core/incident/incident.ts';
import type { GroupStatus, PartitionStatus } from '../../../core/status/verdict.ts';

/** How a status is drawn: each tone has a colour and a shape of its own. */
export type Tone = 'ok' | 'warn' | 'err' | 'unknown' | 'info';

/** Worst first, as everywhere on the page. */
export const TROUBLE_ORDER: readonly GroupStatus[] = ['ERR', 'WARN', 'UNKNOWN', 'OK'];

export const TONE_OF_GROUP: Readonly<Record<GroupStatus, Tone>> = {
  ERR: 'err',
  WARN: 'warn',
  UNKNOWN: 'unknown',
  OK: 'ok',
};

export const TONE_OF_PARTITION: Readonly<Record<PartitionStatus, Tone>> = {
  DATA_LOSS: 'err',
  SKIP: 'err',
  REWIND: 'err',
  STOPPED: 'err',
  STALLED: 'err',
  FALLING_BEHIND: 'warn',
  UNKNOWN: 'unknown',
  OK: 'ok',
};

export const TONE_OF_DECISION: Readonly<Record<Decision, Tone>> = {
  CONTINUE: 'info',
  PROMOTE: 'ok',
  ROLLBACK: 'err',
  INCONCLUSIVE: 'unknown',
};

const PLAIN: Readonly<Record<GroupStatus | PartitionStatus | IncidentKind, string>> = {
  OK: 'OK',
  WARN: 'Warning',
  ERR: 'Error',
  UNKNOWN: 'Unknown',
  STOPPED: 'Stopped',
  STALLED: 'Stalled',
  FALLING_BEHIND: 'Falling behind',
  REWIND: 'Rewound',
  SKIP: 'Skipped',
  DATA_LOSS: 'Data lost',
  REBALANCE_STORM: 'Rebalance storm',
  UNREADABLE: 'Not readable',
  STORM: 'Cluster-wide trouble',
};

/** A status or kind in the words of a reader. */
export const plainStatus = (name: keyof typeof PLAIN): string => PLAIN[name];
