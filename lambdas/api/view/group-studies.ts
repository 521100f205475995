import type { CapacityAdvice } from '../../core/capacity/capacity-advice.ts';
import { groupCapacityAdviceOf } from '../../core/capacity/group-capacity.ts';
import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import type { HistoryStore } from '../../core/ports/history-store.ts';
import type { GroupMeasures } from '../../core/status/measures.ts';
import type { Ruleset } from '../../core/status/ruleset.ts';
import type { ClusterView } from './cluster-views.ts';

/** What one group's own history says beyond its verdict. */
export interface GroupStudy {
  /** Undefined: the rules in use do not measure. */
  readonly measures: GroupMeasures | undefined;
  readonly capacity: CapacityAdvice | null;
}

/** Studies of groups, each kept until the cluster's next sample. */
export interface GroupStudies {
  read(question: StudyQuestion): Promise<GroupStudy>;
}

export interface StudyQuestion {
  readonly view: ClusterView;
  readonly group: string;
  readonly ruleset: Ruleset;
  readonly sampleIntervalMs: number;
}

/** Two hours at the usual interval: enough for a peak and a cadence, and a second of reading at most. */
const STUDIED_SAMPLES = 120;

/** Few are looked at at a time. */
const KEPT = 20;

export function groupStudies(history: HistoryStore): GroupStudies {
  const kept = new Map<string, { readonly slotMs: number; readonly study: Promise<GroupStudy> }>();
  return {
    read(question) {
      const { view, group } = question;
      const key = JSON.stringify([view.cluster, group]);
      const known = kept.get(key);
      if (known?.slotMs === view.slotMs) return known.study;
      const study = studyOf(history, question);
      study.catch(() => kept.delete(key));
      kept.delete(key);
      kept.set(key, { slotMs: view.slotMs, study });
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return study;
    },
  };
}

/**
 * The verdicts in the store hold measures of groups in trouble only; of the others they are taken anew. What rules have
 * learnt over days is in the stored ones, which therefore come first.
 */
async function studyOf(
  history: HistoryStore,
  { view, group, ruleset, sampleIntervalMs }: StudyQuestion,
): Promise<GroupStudy> {
  const { cluster, slotMs } = view;
  const afterSlotMs = slotMs - STUDIED_SAMPLES * sampleIntervalMs;
  const run = ruleset.begin(null);
  const past: ClusterSnapshot[] = [];
  let measures: GroupMeasures | undefined;
  for await (const { snapshot } of history.readGroup({ cluster, group, afterSlotMs, untilSlotMs: slotMs })) {
    past.push(snapshot);
    measures = run.advance(snapshot).find((verdict) => verdict.group === group)?.measures;
  }
  const known = view.verdicts.get(group)?.measures ?? measures;
  return { measures: known, capacity: groupCapacityAdviceOf({ group, history: past, measures: known }) };
}
