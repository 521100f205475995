import {
  CLOSED_KEPT_MS,
  ENDED_KEPT_MS,
  type EndedIncident,
  type IncidentRecord,
  isClosed,
} from '../../core/incident/incident.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { IncidentStore } from '../../core/ports/incident-store.ts';

interface Kept {
  readonly record: IncidentRecord;
  readonly expiresAtMs: number;
}

/** Incidents in this process, for tests and `check --watch`. */
export function memoryIncidentStore({ clock }: { clock: Clock }): IncidentStore {
  const clusters = new Map<string, Map<string | null, Kept>>();
  const over = new Map<string, EndedIncident>();

  function kept(cluster: string): Map<string | null, Kept> {
    const byGroup = clusters.get(cluster) ?? new Map<string | null, Kept>();
    clusters.set(cluster, byGroup);
    for (const [group, { expiresAtMs }] of byGroup) if (expiresAtMs <= clock.nowMs()) byGroup.delete(group);
    return byGroup;
  }

  return {
    async readAll(cluster) {
      return new Map([...kept(cluster)].map(([group, { record }]) => [group, record]));
    },
    async write(record) {
      const byGroup = kept(record.cluster);
      const version = byGroup.get(record.group)?.record.version ?? 0;
      if (record.version !== version + 1) return 'conflict';
      const expiresAtMs = isClosed(record) ? clock.nowMs() + CLOSED_KEPT_MS : Number.POSITIVE_INFINITY;
      byGroup.set(record.group, { record, expiresAtMs });
      if (record.ended !== null) over.set(record.ended.incident.id, record.ended);
      return 'written';
    },
    async readEnded(cluster, sinceMs) {
      const fromMs = Math.max(sinceMs, clock.nowMs() - ENDED_KEPT_MS);
      const found = [...over.values()].filter((one) => one.incident.cluster === cluster && one.endedAtMs >= fromMs);
      return found.toSorted((a, b) => b.endedAtMs - a.endedAtMs);
    },
  };
}
