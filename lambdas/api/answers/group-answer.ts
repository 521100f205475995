import type { CapacityAdvice } from '../../core/capacity/capacity-advice.ts';
import type { PartitionStatus, Reason, TimeLag } from '../../core/status/verdict.ts';
import type { DrainEtaMs, GroupEntry } from './groups-answer.ts';
import type { IncidentEntry } from './incidents-answer.ts';

/** GET /api/group: all that is known of one group. Query: `cluster`, `group` (both required). */
export interface GroupAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  /** When the newest judged reading began (epoch). */
  readonly atMs: number;
  /** The group as in the list, its trail of lags beside `trailAtMs`. */
  readonly entry: GroupEntry;
  readonly trailAtMs: readonly number[];
  /** The rule that decided, with its numbers; null when none had to. */
  readonly reason: Reason | null;
  /** Null without an open one. */
  readonly incident: IncidentEntry | null;
  /** What rates and trails were measured over: the first and last sample's time (epoch), and how many there are. */
  readonly window: { readonly fromMs: number; readonly toMs: number; readonly samples: number };
  readonly measures: GroupNumbers;
  /** Null: nobody has consumed anything that could be measured. */
  readonly capacity: CapacityAdvice | null;
  /** Null: they could not be read, or the newest reading did not show the group. */
  readonly members: readonly MemberEntry[] | null;
  /** By topic name, then by partition. */
  readonly partitions: readonly PartitionEntry[];
}

/** What is worth knowing beside status and lag; null: not known. */
export interface GroupNumbers {
  /** The usual time from a message being there to the commit that covers it (a duration). */
  readonly usualCadenceMs: number | null;
  /** The busiest partition's production over the mean of all: 1 is even. */
  readonly skewRatio: number | null;
  /** The highest production seen, over ten minutes. */
  readonly producedPeakPerS: number | null;
  /** The most that one member ever consumed, over a quarter of an hour. */
  readonly memberBestPerS: number | null;
  /** Samples of the window in which the group rebalanced or its members changed. */
  readonly rebalances: number | null;
  /** Until the log start passes the group's position; `never` at the present rates. */
  readonly lossEtaMs: number | 'never' | null;
  /** Messages that retention deleted before the group read them. */
  readonly lostMessages: number | null;
}

export interface MemberEntry {
  readonly memberId: string;
  readonly clientId: string;
  readonly host: string;
  /** Set for static members. */
  readonly instanceId: string | null;
  /** By topic name. */
  readonly assigned: readonly { readonly topic: string; readonly partitions: readonly number[] }[];
  /** Sum over its partitions that are known; null when none is, or it has none. */
  readonly lagMessages: number | null;
}

export interface PartitionEntry {
  readonly topic: string;
  readonly partition: number;
  readonly status: PartitionStatus;
  /** Null: nobody owns it, or it is not known. */
  readonly owner: { readonly memberId: string; readonly clientId: string; readonly host: string } | null;
  /** Null: nothing committed. */
  readonly committedOffset: number | null;
  /** Null, both: the log could not be read. */
  readonly logStartOffset: number | null;
  readonly logEndOffset: number | null;
  readonly lagMessages: number | null;
  readonly timeLag: TimeLag;
  readonly producedPerS: number | null;
  readonly consumedPerS: number | null;
  readonly drainEtaMs: DrainEtaMs;
  /** Null when the status is OK. */
  readonly reason: Reason | null;
}
