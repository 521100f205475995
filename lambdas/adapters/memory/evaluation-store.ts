import type { EvaluationStore, SlotVerdicts, StoredCheckpoint } from '../../core/ports/evaluation-store.ts';

interface Place {
  readonly to: SlotVerdicts;
  readonly checkpoint: StoredCheckpoint | null;
}

/** Evaluation's place in this process, for tests and `check --watch`. */
export function memoryEvaluationStore(): EvaluationStore {
  const places = new Map<string, Place>();
  return {
    async readPosition(cluster) {
      const place = places.get(cluster);
      return { slotMs: place?.to.slotMs ?? null, readCheckpoint: async () => place?.checkpoint ?? null };
    },
    async advance({ cluster, fromSlotMs, to, checkpoint }) {
      const before = places.get(cluster);
      if ((before?.to.slotMs ?? null) !== fromSlotMs) return 'conflict';
      places.set(cluster, { to, checkpoint: checkpoint ?? before?.checkpoint ?? null });
      return 'advanced';
    },
    async readVerdicts(cluster) {
      const newest = places.get(cluster)?.to ?? null;
      return newest && { ...newest, verdicts: newest.verdicts.toSorted((a, b) => (a.group < b.group ? -1 : 1)) };
    },
  };
}
