import type { Estimate } from '../status/measures.ts';
import type { GroupStatus, PartitionStatus, Reason, TimeLag } from '../status/verdict.ts';
import type { IncidentKind } from './incident.ts';

export const TRANSITIONS = ['opened', 'worsened', 'changed', 'reminded', 'recovered', 'expired'] as const;
/** What happened to the incident: `changed` is a change to a heavier kind, `expired` that what it was about was deleted. */
export type Transition = (typeof TRANSITIONS)[number];

/** One message about one incident: enough to act on without opening anything else. */
export interface Notice {
  /** Deterministic: the same step of the same incident has the same id, so that a repeat after a crash can be told. */
  readonly id: string;
  readonly incidentId: string;
  readonly cluster: string;
  /** Null: the cluster as a whole. */
  readonly group: string | null;
  readonly transition: Transition;
  /** When the reading that led to it began (epoch). */
  readonly atMs: number;
  readonly openedAtMs: number;
  readonly status: GroupStatus;
  /** What is wrong; once it is over, what was. */
  readonly kind: IncidentKind;
  readonly reason: Reason | null;
  readonly lagMessages: number | null;
  readonly timeLag: TimeLag;
  /** Null: the rules in use do not measure. */
  readonly rates: NoticeRates | null;
  /** Worst first, at most five. */
  readonly partitions: readonly NoticePartition[];
  /** How many more partitions are not OK. */
  readonly morePartitions: number;
}

/** Messages per second in and out, and where that leads. */
export interface NoticeRates {
  readonly producedPerS: Estimate;
  readonly consumedPerS: Estimate;
  readonly drainEtaMs: Estimate;
  readonly lossEtaMs: Estimate;
}

export interface NoticePartition {
  readonly topic: string;
  readonly partition: number;
  readonly status: PartitionStatus;
  readonly lagMessages: number | null;
  readonly owner: string | null;
}
