import type { ClusterConfig } from '../../config/cluster.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { ClusterEntry } from '../answers/clusters-answer.ts';
import type { ClusterView } from '../view/cluster-views.ts';
import { sumOfKnown } from '../view/known.ts';
import { countsOf } from './groups.ts';

/** One cluster in one line. @param own the incident of the cluster as a whole, if one is open */
export function clusterEntryOf(
  { name, sampleIntervalMs }: Pick<ClusterConfig, 'name' | 'sampleIntervalMs'>,
  view: ClusterView | null,
  own: Incident | null,
): ClusterEntry {
  const verdicts = [...(view?.verdicts.values() ?? [])];
  return {
    cluster: name,
    sampleIntervalMs,
    atMs: view?.atMs ?? null,
    counts: countsOf(verdicts),
    lagMessages: sumOfKnown(verdicts.map(({ lagMessages }) => lagMessages)),
    readFailures: view?.newest.failures.length ?? 0,
    trouble: own === null ? null : { kind: own.kind === 'STORM' ? 'STORM' : 'UNREADABLE', sinceMs: own.kindAtMs },
  };
}
