import type { PartitionView } from './evidence.ts';

/** So many messages should have come meanwhile that their absence is the broker's doing, not chance. */
const MESSAGES = 20;

/** A busy log did not grow since the sample before: its broker did not serve it, so nobody could read from it either. */
export function isLogFrozen({ track, usual }: PartitionView, atMs: readonly number[], index: number): boolean {
  const before = track.logEnd[index - 1] ?? null;
  const after = track.logEnd[index] ?? null;
  const spanMs = (atMs[index] ?? 0) - (atMs[index - 1] ?? 0);
  return before !== null && before === after && (usual.producedPerS * spanMs) / 1_000 > MESSAGES;
}
