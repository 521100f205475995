import { snapshotOfGroup } from '../../core/cluster/one-group.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { HistoryRange, HistoryStore, Sample } from '../../core/ports/history-store.ts';

/** History in this process: for tests and for `check --watch`, which needs no table. */
export function memoryHistoryStore({ clock, retentionMs }: { clock: Clock; retentionMs: number }): HistoryStore {
  const samplesOf = new Map<string, Map<number, Sample>>();

  /** Forgets what has expired; what is left comes oldest first. */
  function kept(cluster: string): Sample[] {
    const bySlot = samplesOf.get(cluster) ?? new Map<number, Sample>();
    const expiredSlotMs = clock.nowMs() - retentionMs;
    for (const slotMs of bySlot.keys()) if (slotMs <= expiredSlotMs) bySlot.delete(slotMs);
    return [...bySlot.values()].sort((a, b) => a.slotMs - b.slotMs);
  }

  async function* read({ cluster, afterSlotMs, untilSlotMs = Number.POSITIVE_INFINITY }: HistoryRange) {
    yield* kept(cluster).filter(({ slotMs }) => slotMs > afterSlotMs && slotMs <= untilSlotMs);
  }

  return {
    async append(sample) {
      const { cluster } = sample.snapshot;
      const bySlot = samplesOf.get(cluster) ?? new Map<number, Sample>();
      samplesOf.set(cluster, bySlot);
      if (bySlot.has(sample.slotMs)) return 'alreadyStored';
      bySlot.set(sample.slotMs, sample);
      kept(cluster);
      return 'stored';
    },
    read,
    async *readGroup({ group, ...range }) {
      for await (const { slotMs, snapshot } of read(range)) {
        yield { slotMs, snapshot: snapshotOfGroup(snapshot, group) };
      }
    },
  };
}
