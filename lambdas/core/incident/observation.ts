import type { GroupVerdict } from '../status/verdict.ts';
import type { IncidentKind } from './incident.ts';

/** What one slot shows of a group, or of the cluster as a whole. */
export interface Observation {
  readonly cluster: string;
  /** Null: the cluster as a whole. */
  readonly group: string | null;
  readonly slotMs: number;
  readonly atMs: number;
  readonly finding: Finding;
  /** What the open incident is about was deleted on purpose. */
  readonly gone: boolean;
  /** Nothing new may be told now; that something told before is over may. */
  readonly silent: boolean;
}

/** A verdict on whatever an incident can be about: a group's is one. */
export type Finding = Omit<GroupVerdict, 'group' | 'kind'> & { readonly kind: IncidentKind | null };

/** No evidence of anything. */
export const NO_EVIDENCE: Finding = {
  status: 'UNKNOWN',
  kind: null,
  reason: null,
  lagMessages: null,
  timeLag: { kind: 'unknown' },
  partitions: new Map(),
};
