import { groupPartitionsIn } from '../core/cluster/group-partitions.ts';
import type { StoredCheckpoint } from '../core/ports/evaluation-store.ts';
import type { Sample } from '../core/ports/history-store.ts';
import type { Ruleset } from '../core/status/ruleset.ts';
import { type ClusterRun, REPLAYED_MAX } from './cluster-run.ts';

/**
 * A checkpoint takes as many bytes as some thirty samples: seldom is cheap. Clusters beyond 16,000 group-partitions write
 * them more often, or a cold start would not end within its invocation.
 */
const EVERY_MS = 150 * 60_000;

/** The checkpoint to write after this sample, or null. */
export function checkpointDue(
  { run, checkpointSlotMs, replayable }: ClusterRun,
  { slotMs, snapshot, isPartial }: Sample,
  { name }: Ruleset,
): StoredCheckpoint | null {
  // A checkpoint is read with its sample: the next one that is whole is soon enough.
  if (isPartial) return null;
  const isYoung = checkpointSlotMs !== null && slotMs - checkpointSlotMs < EVERY_MS;
  if (isYoung && replayable + groupPartitionsIn(snapshot) <= REPLAYED_MAX) return null;
  return { slotMs, ruleset: name, memory: run.checkpoint(snapshot) };
}
