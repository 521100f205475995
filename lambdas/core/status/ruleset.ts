import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { MeasuredGroup } from './measures.ts';
import type { GroupVerdict } from './verdict.ts';

export const RULESET_NAMES = ['default', 'burrow'] as const;
export type RulesetName = (typeof RULESET_NAMES)[number];

/** What a ruleset must remember between invocations: bytes that only the ruleset understands. */
export type Checkpoint = Uint8Array;

/** A checkpoint with the last snapshot that its run had taken: what that tells, it need not tell again. */
export interface CheckpointAt {
  readonly checkpoint: Checkpoint;
  readonly last: ClusterSnapshot;
}

/**
 * Judges one cluster, snapshot after snapshot. Deterministic: the same snapshots give the same verdicts,
 * wherever the sequence was cut and resumed from a checkpoint.
 */
export interface RulesetRun {
  /**
   * Takes the next snapshot and judges every group in it, in the snapshot's order; groups known from before that are
   * absent from it follow, with their last verdict or UNKNOWN. A snapshot that is not newer than the last one taken
   * repeats the last verdicts and changes nothing.
   */
  advance(snapshot: ClusterSnapshot): readonly GroupVerdict[];

  /** What the last snapshot taken makes known beside the status. Null: the group is unknown, or these rules don't measure. */
  measuresOf(group: string): MeasuredGroup | null;

  /** Everything that a later run needs to go on from here, together with the last snapshot that was taken. */
  checkpoint(last: ClusterSnapshot): Checkpoint;
}

/** A way of judging. It holds no state: a run does. */
export interface Ruleset {
  readonly name: RulesetName;
  /** Begins with nothing known, or from a checkpoint that this ruleset wrote. Throws STORE_CORRUPT on any other. */
  begin(from: CheckpointAt | null): RulesetRun;
}
