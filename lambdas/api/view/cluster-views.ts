import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { EvaluationStore } from '../../core/ports/evaluation-store.ts';
import type { HistoryStore } from '../../core/ports/history-store.ts';
import type { IncidentStore } from '../../core/ports/incident-store.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';
import { type GroupEntries, groupEntriesOf } from './group-entries.ts';
import { WINDOW_SAMPLES, type WindowSample, windowSampleOf, windowWith } from './window.ts';

/** A cluster as its newest judged sample shows it, with the recent past. */
export interface ClusterView {
  readonly cluster: string;
  readonly slotMs: number;
  readonly atMs: number;
  /** By group, in the order of their names. */
  readonly verdicts: ReadonlyMap<string, GroupVerdict>;
  readonly entries: GroupEntries;
  readonly newest: ClusterSnapshot;
  /** Oldest first; the last one is the newest snapshot. */
  readonly window: readonly WindowSample[];
}

export interface ViewSources {
  readonly evaluations: EvaluationStore;
  readonly history: HistoryStore;
  readonly incidents: IncidentStore;
  readonly clock: Clock;
}

/** Views of clusters, kept between requests and invocations until the cluster's next sample is judged. */
export interface ClusterViews {
  /**
   * Null before the first verdicts. Who asks while a newer sample is being read does not wait for it, but gets the view
   * before; only the first view of all is waited for.
   */
  read(cluster: string, sampleIntervalMs: number): Promise<ClusterView | null>;
}

/** So long a view is taken for the newest without a look: clients of Burrow's API ask once for each group. */
const TRUSTED_MS = 1_000;

export function clusterViews(sources: ViewSources): ClusterViews {
  const views = new Map<string, ClusterView>();
  const lookedAtMs = new Map<string, number>();
  const underWay = new Map<string, Promise<ClusterView | null>>();

  async function readNow(cluster: string, sampleIntervalMs: number): Promise<ClusterView | null> {
    const known = views.get(cluster) ?? null;
    const nowMs = sources.clock.nowMs();
    if (known !== null && nowMs - (lookedAtMs.get(cluster) ?? 0) < TRUSTED_MS) return known;
    const { slotMs } = await sources.evaluations.readPosition(cluster);
    lookedAtMs.set(cluster, nowMs);
    if (slotMs === null || slotMs === known?.slotMs) return known;
    const view = await readView(sources, { cluster, sampleIntervalMs, known });
    if (view !== null) views.set(cluster, view);
    return view;
  }

  return {
    read(cluster, sampleIntervalMs) {
      const already = underWay.get(cluster);
      const before = views.get(cluster);
      if (already !== undefined) return before === undefined ? already : Promise.resolve(before);
      const reading = readNow(cluster, sampleIntervalMs).finally(() => underWay.delete(cluster));
      underWay.set(cluster, reading);
      return reading;
    },
  };
}

interface ViewRequest {
  readonly cluster: string;
  readonly sampleIntervalMs: number;
  /** What is in memory: only what came since is read. */
  readonly known: ClusterView | null;
}

async function readView(
  { evaluations, history, incidents }: ViewSources,
  { cluster, sampleIntervalMs, known }: ViewRequest,
): Promise<ClusterView | null> {
  const [judged, records] = await Promise.all([evaluations.readVerdicts(cluster), incidents.readAll(cluster)]);
  if (judged === null) return null;
  const { slotMs, atMs } = judged;
  const oldestMs = slotMs - WINDOW_SAMPLES * sampleIntervalMs;
  let window: readonly WindowSample[] = known?.window.filter((sample) => sample.slotMs > oldestMs) ?? [];
  let newest: ClusterSnapshot | null = null;
  const afterSlotMs = Math.max(oldestMs, known?.slotMs ?? Number.NEGATIVE_INFINITY);
  for await (const sample of history.read({ cluster, afterSlotMs, untilSlotMs: slotMs })) {
    window = windowWith(window, windowSampleOf(sample), sampleIntervalMs);
    newest = sample.snapshot;
  }
  if (newest === null) return null;
  const verdicts = new Map(judged.verdicts.map((verdict) => [verdict.group, verdict]));
  return {
    cluster,
    slotMs,
    atMs,
    verdicts,
    entries: groupEntriesOf({ verdicts, newest, window, incidents: records }),
    newest,
    window,
  };
}
