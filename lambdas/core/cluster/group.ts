export const GROUP_TYPES = ['classic', 'consumer', 'share', 'streams'] as const;
export type GroupType = (typeof GROUP_TYPES)[number];

export const GROUP_STATES = [
  'Stable',
  'Empty',
  'Dead',
  'PreparingRebalance',
  'CompletingRebalance',
  'Assigning',
  'Reconciling',
  'NotReady',
  'Unknown',
] as const;
/** Kafka's own names. `Unknown`: the broker is too old to tell, or named a state that we do not know. */
export type GroupState = (typeof GROUP_STATES)[number];

/** By topic, the partition numbers in ascending order. */
export type Assignment = ReadonlyMap<string, readonly number[]>;

/** One group in one snapshot. A deleted group is `Dead` with nothing committed. */
export interface GroupSnapshot {
  readonly type: GroupType;
  readonly state: GroupState;
  /** Null: the members could not be read (then `failures` says why). Empty: there are none. */
  readonly members: readonly Member[] | null;
  /** By topic, indexed by partition: the next offset the group will read. Null: nothing committed. */
  readonly committed: ReadonlyMap<string, readonly (number | null)[]>;
  /** Share groups only: lag as the broker reports it. It can't be computed from the start offset (KIP-932). */
  readonly share?: ReadonlyMap<string, readonly (ShareProgress | null)[]>;
  /** KIP-848, share and streams groups: a group epoch ahead of the assignment epoch is a rebalance under way. */
  readonly epochs?: { readonly group: number; readonly assignment: number };
}

/** One consumer in a group. */
export interface Member {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  /** Set for static members (KIP-345), which keep their partitions over a restart. */
  readonly instanceId: string | null;
  readonly rackId?: string | null;
  /** What it reads now. A rebalancing classic member may show its old assignment, or none. */
  readonly assigned: Assignment;
  /** What it shall read once the rebalance is done (KIP-848 and streams groups). */
  readonly target?: Assignment;
  readonly epoch?: number;
}

/** A share group's place in one partition. */
export interface ShareProgress {
  readonly startOffset: number;
  /** Null on brokers before 4.2, which do not tell it. */
  readonly lagMessages: number | null;
}
