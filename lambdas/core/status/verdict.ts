import type { GroupMeasures } from './measures.ts';

/** What a partition is in. docs/status-rules.md has each with its rule and an example. */
export const PARTITION_STATUSES = [
  'OK',
  'STOPPED',
  'STALLED',
  'FALLING_BEHIND',
  'REWIND',
  'SKIP',
  'DATA_LOSS',
  'UNKNOWN',
] as const;
export type PartitionStatus = (typeof PARTITION_STATUSES)[number];

/** What a group is in. UNKNOWN is lack of evidence: never OK, never an alarm at once. */
export const GROUP_STATUSES = ['OK', 'WARN', 'ERR', 'UNKNOWN'] as const;
export type GroupStatus = (typeof GROUP_STATUSES)[number];

/** What is wrong with a group: the kind of its worst partition, or the group's own. */
export type ProblemKind = Exclude<PartitionStatus, 'OK' | 'UNKNOWN'> | 'REBALANCE_STORM';

/** Why a verdict is what it is. */
export interface Reason {
  /** The rule's stable name, as docs/status-rules.md lists it. */
  readonly rule: string;
  /** The numbers that decided, units in their names. */
  readonly numbers: Readonly<Record<string, number>>;
  /** The same in words: "no progress for 190 s with 1,204 waiting; usual 30 s; owner billing-7 at 10.0.3.2". */
  readonly sentence: string;
}

/**
 * Age of the oldest unread message, and how sure that is. In a verdict it is told in whole seconds, rounded down:
 * nothing is said to be older than it is, and samples do not know more.
 */
export type TimeLag =
  | { readonly kind: 'known'; readonly timeLagMs: number }
  /** The message is older than the history that we hold: at least this old. */
  | { readonly kind: 'atLeast'; readonly timeLagMs: number }
  | { readonly kind: 'unknown' };

/** One partition of one group, judged over its window. */
export interface PartitionVerdict {
  readonly status: PartitionStatus;
  readonly committedOffset: number | null;
  readonly logEndOffset: number | null;
  /** Null: could not be read, or the group never committed here. */
  readonly lagMessages: number | null;
  readonly timeLag: TimeLag;
  /** Who owns it now (client id and host), or null if nobody does or it is not known. */
  readonly owner: PartitionOwner | null;
  /** Null when the status is OK. */
  readonly reason: Reason | null;
}

export interface PartitionOwner {
  readonly clientId: string;
  readonly host: string;
}

/**
 * One group, judged at one slot. A verdict holds no more than what is stored of it, so that a recording that is
 * replayed and the deployed function say the same; what else is known, `RulesetRun.measuresOf` tells on demand.
 */
export interface GroupVerdict {
  readonly group: string;
  readonly status: GroupStatus;
  /** Null while the status is OK or UNKNOWN. */
  readonly kind: ProblemKind | null;
  readonly reason: Reason | null;
  /** Sum over the partitions that are known; null when none is. */
  readonly lagMessages: number | null;
  /** The worst partition's; no more than a bound while messages wait whose age is not known. */
  readonly timeLag: TimeLag;
  /** By topic, indexed by partition. Null: a partition that the group has nothing to do with. */
  readonly partitions: ReadonlyMap<string, readonly (PartitionVerdict | null)[]>;
  /** Of groups that are WARN or ERR, by rulesets that measure: what nobody acts on, nobody looks up either. */
  readonly measures?: GroupMeasures;
}
