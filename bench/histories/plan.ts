import type { GroupType } from '../../lambdas/core/cluster/group.ts';

/** What is to happen in one simulated cluster. All times in whole seconds since the history begins. */
export interface ClusterPlan {
  readonly name: string;
  readonly seconds: number;
  readonly topics: readonly TopicPlan[];
  readonly groups: readonly GroupPlan[];
  readonly faults: readonly Fault[];
  readonly reading: ReadingPlan;
  /** Spans in which a broker is down: its partitions (number modulo 3) stand still, and can't be read. */
  readonly brokerOutages: readonly (Span & { readonly broker: number; readonly readable: boolean })[];
  /** Spans in which every consumer gets only this share of its capacity. */
  readonly slowSpans: readonly (Span & { readonly share: number })[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface TopicPlan {
  readonly name: string;
  readonly partitions: number;
  /** Messages written to a partition in each second. */
  readonly written: readonly Uint32Array[];
  /** From when a partition exists. */
  readonly since: readonly number[];
  /** Each transaction leaves a marker at the end. */
  readonly transactional: boolean;
  /** Messages older than this are deleted. */
  readonly retentionS: number;
  /** Share of old offsets that compaction has left. */
  readonly compactedTo: number;
}

export interface GroupPlan {
  readonly name: string;
  readonly type: GroupType;
  readonly topics: readonly string[];
  readonly members: readonly MemberPlan[];
  readonly commitEveryS: number;
  readonly staticMembers: boolean;
  /** Partitions are assigned by hand: the group has no members. */
  readonly manual: boolean;
  /** Its members leave for good then: it was renamed, say. */
  readonly abandonedAt?: number;
  /** When the group first commits; before that it does not exist. */
  readonly since: number;
  /** Where it begins to read: at the end, or this many seconds back. */
  readonly startBackS: number;
  /** Spans in which nobody consumes because the group rebalances. */
  readonly rebalances: readonly Span[];
  /** Spans in which one member stands still without leaving: garbage collection and the like. */
  readonly pauses: readonly (Span & { readonly member: number })[];
  /** Positions set back a little, as happens after a rebalance. */
  readonly smallRewinds: readonly { readonly at: number; readonly messages: number }[];
}

export interface MemberPlan {
  readonly capacityPerS: number;
  /** When it is there. Each span is another process: new member id, perhaps another host. */
  readonly present: readonly Span[];
}

export type FaultKind = 'STOPPED' | 'STALLED' | 'FALLING_BEHIND' | 'REBALANCE_STORM' | 'REWIND' | 'SKIP' | 'DATA_LOSS';

/** One thing that goes wrong, and what a checker should call it. */
export interface Fault extends Span {
  readonly kind: FaultKind;
  readonly group: string;
  readonly does:
    | { readonly what: 'all-gone' }
    | { readonly what: 'deleted' }
    | { readonly what: 'ghost'; readonly member: number }
    | { readonly what: 'unowned'; readonly topic: string; readonly partition: number }
    | { readonly what: 'poison'; readonly topic: string; readonly partition: number }
    | { readonly what: 'hang'; readonly member: number }
    | { readonly what: 'commits-stop' }
    | { readonly what: 'slow'; readonly share: number; readonly leaks: boolean }
    | { readonly what: 'heavy'; readonly topic: string; readonly partition: number; readonly perS: number }
    | { readonly what: 'storm' }
    | { readonly what: 'rewind'; readonly backS: number }
    | { readonly what: 'skip' };
}

/** How the cluster is read, and what goes wrong with the reading. */
export interface ReadingPlan {
  readonly everyS: number;
  readonly jitterS: number;
  /** End offsets are read before commits, which makes commits look ahead of the end. */
  readonly endsFirst: boolean;
  readonly missingShare: number;
  readonly gaps: readonly Span[];
  /** When a line is written twice, and when one is that lay some minutes back. */
  readonly duplicates: readonly number[];
  readonly late: readonly number[];
  readonly clockJumps: readonly { readonly at: number; readonly byMs: number }[];
}
