import type { StatusCounts } from './groups-answer.ts';

/** GET /api/clusters: what there is to look at. */
export interface ClustersAnswer {
  /** When this was answered (epoch): the reader's own clock may be wrong. */
  readonly nowMs: number;
  /** In the order of the configuration. */
  readonly clusters: readonly ClusterEntry[];
}

export interface ClusterEntry {
  readonly cluster: string;
  /** How often it is sampled (a duration): an `atMs` much older than this is stale. */
  readonly sampleIntervalMs: number;
  /** When the newest judged reading began (epoch); null before the first. */
  readonly atMs: number | null;
  readonly counts: StatusCounts;
  /** Sum over the groups whose lag is known; null when none is. */
  readonly lagMessages: number | null;
  /** Parts of the cluster that the newest reading could not read. */
  readonly readFailures: number;
  /** What is wrong with the cluster as a whole: a storm, or parts that can't be read. */
  readonly trouble: { readonly kind: 'STORM' | 'UNREADABLE'; readonly sinceMs: number } | null;
}
