import type { ProblemKind, Reason } from '../../verdict.ts';
import type { GroupInstant } from '../instant.ts';
import type { PartitionMemory } from '../partition-memory.ts';
import type { Trouble } from '../trouble.ts';

/** What can be wrong with one partition. */
export type PartitionProblemKind = Exclude<ProblemKind, 'REBALANCE_STORM'>;

/** One way in which a partition can be in trouble: when it begins, when it is over, and how it is told. */
export interface PartitionRule {
  /** Stable; docs/status-rules.md has a section of that name. */
  readonly name: string;
  readonly status: (p: PartitionMemory, trouble: Trouble, instant: GroupInstant) => PartitionProblemKind;
  readonly opens: (p: PartitionMemory, instant: GroupInstant) => boolean;
  /** What the rule must remember of its beginning. */
  readonly begin?: (p: PartitionMemory, trouble: Trouble, instant: GroupInstant) => void;
  /** Asked of an open one only. */
  readonly closes: (p: PartitionMemory, trouble: Trouble, instant: GroupInstant) => boolean;
  /** What it must forget with its end. */
  readonly end?: (p: PartitionMemory) => void;
  readonly explain: (p: PartitionMemory, trouble: Trouble, instant: GroupInstant) => Omit<Reason, 'rule'>;
}
