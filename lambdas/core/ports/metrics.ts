import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { GroupVerdict } from '../status/verdict.ts';

/** Figures for a monitoring system. Adapters: CloudWatch's embedded metric format, and none at all. */
export interface Metrics {
  /** A sample was judged, and all that it led to is stored. The same one may come twice after a crash. */
  judged(sample: { readonly snapshot: ClusterSnapshot; readonly verdicts: readonly GroupVerdict[] }): void;

  /** A slot whose reading failed altogether. */
  unread(slot: { readonly cluster: string; readonly slotMs: number }): void;
}
