import type { GroupState, GroupType } from '../../core/cluster/group.ts';
import type { GroupStatus, ProblemKind, TimeLag } from '../../core/status/verdict.ts';

/** What the groups of one cluster can be sorted by. `trouble`: the worst status first, then the longest time lag. */
export const GROUP_SORTS = ['trouble', 'group', 'lag', 'timeLag', 'produced', 'consumed', 'drainEta'] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];

/**
 * GET /api/groups: the groups of one cluster.
 *
 * Query: `cluster` (required), `search` (part of a group's or topic's name, in any case), `status` and `type` (several with commas),
 * `sort` (a GroupSort, `trouble` by default), `order` (`asc`, `desc`; by default what is worst first, names from a),
 * `offset` (0), `limit` (100, at most 1,000).
 */
export interface GroupsAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  /** When the newest judged reading began (epoch); null before the first: then there are no groups. */
  readonly atMs: number | null;
  /** Over the whole cluster, whatever the query leaves out. */
  readonly counts: StatusCounts;
  /** Groups that fit the query, of which this is one page. */
  readonly total: number;
  readonly offset: number;
  /** When each sample of the entries' `lagMessagesTrail` was taken (epoch), ascending; the last is the newest. */
  readonly trailAtMs: readonly number[];
  readonly groups: readonly GroupEntry[];
}

export type StatusCounts = Readonly<Record<GroupStatus, number>>;

/** One group in one line. */
export interface GroupEntry {
  readonly group: string;
  readonly status: GroupStatus;
  /** Null while the status is OK or UNKNOWN. */
  readonly kind: ProblemKind | null;
  /** The rule that decided, in words with its numbers; null when none had to. */
  readonly sentence: string | null;
  /** Since when an incident is open (epoch); null without one. */
  readonly incidentOpenedAtMs: number | null;
  /** Null, as state and members: the newest reading did not show the group. */
  readonly type: GroupType | null;
  readonly state: GroupState | null;
  /** Also null when the members could not be read. */
  readonly members: number | null;
  readonly topics: readonly string[];
  readonly partitions: number;
  /** Those that are neither OK nor UNKNOWN. */
  readonly partitionsNotOk: number;
  /** Sum over the partitions that are known; null when none is. */
  readonly lagMessages: number | null;
  /** The worst partition's. `atLeast`: the message is older than what we have seen. */
  readonly timeLag: TimeLag;
  /** Messages per second over the last minutes; null: too few samples. */
  readonly producedPerS: number | null;
  readonly consumedPerS: number | null;
  readonly drainEtaMs: DrainEtaMs;
  /** The lag at each of `trailAtMs`; null: not known then. */
  readonly lagMessagesTrail: readonly (number | null)[];
}

/** Until the backlog is worked off at the present rates; 0 without one; `never` while it does not shrink; null: not known. */
export type DrainEtaMs = number | 'never' | null;
