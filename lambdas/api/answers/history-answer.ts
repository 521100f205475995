/**
 * GET /api/history: the offsets of one group over time, as they were sampled; of more than a day one sample an hour, and
 * every one of the last hour.
 *
 * Query: `cluster`, `group` (both required), `fromMs` and `toMs` (epoch; by default the last hour; at most 7 days), `points` (how many
 * samples at most, 240 by default, 1,000 at most: of more an even selection is taken, the newest always in it), `topic`
 * and `partition` (only these).
 */
export interface HistoryAnswer {
  /** When this was answered (epoch). */
  readonly nowMs: number;
  readonly cluster: string;
  readonly group: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** When each sample was taken (epoch), ascending. Every series below has one value for each; null: not read then. */
  readonly atMs: readonly number[];
  /** Sum over the partitions that are known. */
  readonly lagMessages: readonly (number | null)[];
  readonly members: readonly (number | null)[];
  /** By topic name, then by partition. */
  readonly partitions: readonly PartitionSeries[];
}

export interface PartitionSeries {
  readonly topic: string;
  readonly partition: number;
  readonly logEndOffset: readonly (number | null)[];
  readonly committedOffset: readonly (number | null)[];
}
