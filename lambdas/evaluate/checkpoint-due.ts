import { groupPartitionsIn } from '../core/cluster/group-partitions.ts';
import type { StoredCheckpoint } from '../core/ports/evaluation-store.ts';
import type { Sample } from '../core/ports/history-store.ts';
import type { Ruleset } from '../core/status/ruleset.ts';
import type { ClusterRun } from './cluster-run.ts';

/** A checkpoint takes as many bytes as some thirty samples: seldom is cheap. */
const EVERY_MS = 150 * 60_000;

/**
 * What a cold start replays at most, in group-partitions times samples: some seconds. Clusters beyond 16,000
 * group-partitions write checkpoints more often for it, or a cold start would not end within its invocation.
 */
const REPLAYED_MAX = 2_400_000;

/** The checkpoint to write after this sample, or null. */
export function checkpointDue(
  { run, checkpointSlotMs, replayable }: ClusterRun,
  { slotMs, snapshot }: Sample,
  { name }: Ruleset,
): StoredCheckpoint | null {
  const isYoung = checkpointSlotMs !== null && slotMs - checkpointSlotMs < EVERY_MS;
  if (isYoung && replayable + groupPartitionsIn(snapshot) <= REPLAYED_MAX) return null;
  return { slotMs, ruleset: name, memory: run.checkpoint(snapshot) };
}
