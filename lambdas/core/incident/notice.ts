import type { GroupStatus, PartitionStatus, ProblemKind, Reason, TimeLag } from '../status/verdict.ts';

export const TRANSITIONS = ['opened', 'worsened', 'changed', 'reminded', 'recovered'] as const;
/** What happened to the incident; `changed` is a change of kind. */
export type Transition = (typeof TRANSITIONS)[number];

/** One message about one incident: enough to act on without opening anything else. */
export interface Notice {
  /** Deterministic: the same step of the same incident has the same id, so that a repeat after a crash can be told. */
  readonly id: string;
  readonly incidentId: string;
  readonly cluster: string;
  readonly group: string;
  readonly transition: Transition;
  /** When the reading that led to it began (epoch). */
  readonly atMs: number;
  readonly openedAtMs: number;
  readonly status: GroupStatus;
  /** What is wrong; for a recovery, what was. */
  readonly kind: ProblemKind;
  readonly reason: Reason | null;
  readonly lagMessages: number | null;
  readonly timeLag: TimeLag;
  /** Worst first, at most five. */
  readonly partitions: readonly NoticePartition[];
  /** How many more partitions are not OK. */
  readonly morePartitions: number;
}

export interface NoticePartition {
  readonly topic: string;
  readonly partition: number;
  readonly status: PartitionStatus;
  readonly lagMessages: number | null;
  readonly owner: string | null;
}
