import type { ClusterReader, ReadCost } from '../core/ports/cluster-reader.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';

/** What a reading came to; goes to the log, to `evaluate` by the destination, and to whoever invoked it. */
export interface SnapshotOutcome {
  readonly cluster: string;
  readonly slotMs: number;
  /** `alreadyStored`: an earlier invocation took this slot; its sample stays. */
  readonly outcome: 'stored' | 'alreadyStored';
  readonly groups: number;
  readonly topics: number;
  readonly failures: number;
  readonly cost: ReadCost;
}

/** One reading of one cluster into the history, under its slot. */
export async function takeSnapshot(
  { reader, history }: { readonly reader: ClusterReader; readonly history: HistoryStore },
  { slotMs, atMs, deadlineMs }: { readonly slotMs: number; readonly atMs: number; readonly deadlineMs: number },
): Promise<SnapshotOutcome> {
  const { snapshot, cost } = await reader.read({ atMs, deadlineMs });
  const outcome = await history.append({ slotMs, snapshot });
  return {
    cluster: snapshot.cluster,
    slotMs,
    outcome,
    groups: snapshot.groups.size,
    topics: snapshot.topics.size,
    failures: snapshot.failures.length,
    cost,
  };
}
