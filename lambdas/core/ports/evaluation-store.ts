import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { Checkpoint, RulesetName } from '../status/ruleset.ts';
import type { GroupVerdict } from '../status/verdict.ts';

/** How far evaluation has come in one cluster, and what its rules remember. */
export interface EvaluationPosition {
  /** The last slot whose verdicts, incidents and notices are all written; null before the first. */
  readonly slotMs: number | null;
  /**
   * The newest checkpoint at or before `slotMs`, or null; samples after its slot are replayed. Only a cold start needs
   * it, and it is large.
   */
  readCheckpoint(): Promise<StoredCheckpoint | null>;
}

export interface StoredCheckpoint {
  readonly slotMs: number;
  readonly ruleset: RulesetName;
  readonly memory: Checkpoint;
}

/** The verdicts of one slot. */
export interface SlotVerdicts {
  readonly slotMs: number;
  readonly atMs: number;
  readonly verdicts: readonly GroupVerdict[];
}

/** Where evaluation keeps its place and its answers. Adapters: DynamoDB, and memory for tests. */
export interface EvaluationStore {
  readPosition(cluster: string): Promise<EvaluationPosition>;

  /**
   * Moves on from `fromSlotMs` to the verdicts' slot, with a new checkpoint if one is due.
   * `conflict`: another invocation has moved on in the meantime; nothing was changed.
   */
  advance(step: EvaluationStep): Promise<'advanced' | 'conflict'>;

  /** The newest verdicts of a cluster as they were, in the order of the groups' names, or null before the first. */
  readVerdicts(cluster: string): Promise<SlotVerdicts | null>;
}

export interface EvaluationStep {
  readonly cluster: string;
  readonly fromSlotMs: number | null;
  readonly to: SlotVerdicts;
  /** The sample of that slot, which the verdicts judge: a store keeps of them only what it doesn't tell. */
  readonly snapshot: ClusterSnapshot;
  /** The logs of the sample before it, which make a store expect most of the time lags. Absent: not known. */
  readonly before?: { readonly slotMs: number; readonly logs: Pick<ClusterSnapshot, 'atMs' | 'topics'> };
  readonly checkpoint: StoredCheckpoint | null;
}
