import type { ClusterMemory } from './cluster-memory.ts';
import type { GroupMemory } from './group-memory.ts';
import type { GroupObjectives } from './objectives.ts';
import type { RuleSettings } from './settings.ts';

/** One snapshot's place in the run: what every step of judging it needs. */
export interface Instant {
  readonly memory: ClusterMemory;
  readonly settings: RuleSettings;
  readonly atMs: number;
  /** Where this instant's values go in the columns. */
  readonly cell: number;
  /** The cells in which a storm of rebalances shows, as bits. */
  readonly stormCells: number;
  /** Since the snapshot before. */
  readonly stepMs: number;
}

/** The same for one group. */
export interface GroupInstant extends Instant {
  readonly group: GroupMemory;
  readonly objectives: GroupObjectives;
}
