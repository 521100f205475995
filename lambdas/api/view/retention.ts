import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import { lagOf } from '../../core/lag/lag.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';

/** Where a group stands to what retention deletes. Null: no partition of it is known on both sides. */
export interface Retention {
  /** Messages between the log's start and the group's position, in the partition where they are fewest. */
  readonly marginMessages: number | null;
  /** Messages that were deleted before the group read them, over all partitions. */
  readonly lostMessages: number | null;
}

export function retentionOf({ partitions }: GroupVerdict, { topics }: Pick<ClusterSnapshot, 'topics'>): Retention {
  let marginMessages: number | null = null;
  let lostMessages: number | null = null;
  for (const [topic, verdicts] of partitions) {
    for (const [partition, verdict] of verdicts.entries()) {
      const log = topics.get(topic)?.[partition] ?? null;
      const committedOffset = verdict?.committedOffset ?? null;
      if (log === null || committedOffset === null) continue;
      const lag = lagOf({ ...log, committedOffset });
      const margin = Math.max(0, committedOffset - log.logStartOffset);
      marginMessages = Math.min(marginMessages ?? margin, margin);
      lostMessages = (lostMessages ?? 0) + (lag.kind === 'started' ? lag.lostMessages : 0);
    }
  }
  return { marginMessages, lostMessages };
}
