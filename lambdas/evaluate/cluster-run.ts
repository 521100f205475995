import type { EvaluationPosition } from '../core/ports/evaluation-store.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import type { Ruleset, RulesetRun } from '../core/status/ruleset.ts';

/** A ruleset's run over one cluster, and how far it has come. */
export interface ClusterRun {
  readonly run: RulesetRun;
  /** The last slot that the run took; null before the first. */
  slotMs: number | null;
  /** The slot of the newest stored checkpoint; null before the first. */
  checkpointSlotMs: number | null;
}

/** Runs kept in memory between invocations: a cache, never the truth. */
export type WarmRuns = Map<string, ClusterRun>;

/** Without a checkpoint of this ruleset (it was changed, say) the rules learn from this much of the past. */
const LEARN_FROM_MS = 24 * 3_600_000;

/**
 * The run as it stood after the position's slot: from memory if that is just where it stands, otherwise from the
 * checkpoint and the samples since. Both give the same verdicts.
 */
export async function clusterRunAt(
  position: EvaluationPosition,
  cluster: string,
  {
    history,
    ruleset,
    warmRuns,
  }: { readonly history: HistoryStore; readonly ruleset: Ruleset; readonly warmRuns: WarmRuns },
): Promise<ClusterRun> {
  const warm = warmRuns.get(cluster);
  if (warm && warm.slotMs === position.slotMs) return warm;
  const cold = await replayed(position, cluster, { history, ruleset });
  warmRuns.set(cluster, cold);
  return cold;
}

async function replayed(
  { slotMs, readCheckpoint }: EvaluationPosition,
  cluster: string,
  { history, ruleset }: { readonly history: HistoryStore; readonly ruleset: Ruleset },
): Promise<ClusterRun> {
  const checkpoint = await readCheckpoint();
  const usable = checkpoint !== null && checkpoint.ruleset === ruleset.name ? checkpoint : null;
  const run = ruleset.begin(usable?.memory ?? null);
  if (slotMs !== null) {
    const range = { cluster, afterSlotMs: usable?.slotMs ?? slotMs - LEARN_FROM_MS, untilSlotMs: slotMs };
    for await (const { snapshot } of history.read(range)) run.advance(snapshot);
  }
  return { run, slotMs, checkpointSlotMs: usable?.slotMs ?? null };
}
