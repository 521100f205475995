import type { Clock } from '../lambdas/core/ports/clock.ts';
import type { EvaluationStore } from '../lambdas/core/ports/evaluation-store.ts';
import type { GroupVerdict } from '../lambdas/core/status/verdict.ts';
import { messageOf, type SlotOutcome } from './invoke.ts';
import type { Teller } from './tell/teller.ts';

/** What a watch counts for the summary. */
export interface WatchCounts {
  readonly snapshots: number;
  readonly snapshotsFailed: number;
  readonly newest: readonly GroupVerdict[];
}

/** Tells what each slot changed: a status, a reading that fails, one that works again. */
export function slotTeller({
  cluster,
  evaluations,
  teller,
  clock,
}: {
  readonly cluster: string;
  readonly evaluations: EvaluationStore;
  readonly teller: Teller;
  readonly clock: Clock;
}): { tell(slot: SlotOutcome): Promise<void>; counts(): WatchCounts } {
  const lastOf = new Map<string, string>();
  let counts: WatchCounts = { snapshots: 0, snapshotsFailed: 0, newest: [] };
  let trouble: string | null = null;

  const tellTrouble = (now: string | null) => {
    if (now === trouble) return;
    trouble = now;
    teller.trouble({ atMs: clock.nowMs(), sentence: now ?? 'the cluster can be read again' });
  };

  return {
    counts: () => counts,
    tell: async ({ snapshot, evaluation }) => {
      const failed = snapshot.kind === 'failed';
      counts = {
        ...counts,
        snapshots: counts.snapshots + 1,
        snapshotsFailed: counts.snapshotsFailed + (failed ? 1 : 0),
      };
      tellTrouble(
        failed ? messageOf(snapshot.error) : (partialText(snapshot.outcome.failures) ?? evaluation.whyWaiting),
      );
      const newest = await evaluations.readVerdicts(cluster);
      if (newest === null) return;
      counts = { ...counts, newest: newest.verdicts };
      for (const verdict of newest.verdicts) {
        const now = `${verdict.status} ${verdict.kind}`;
        if (lastOf.get(verdict.group) !== now) teller.status({ atMs: newest.atMs, cluster, verdict });
        lastOf.set(verdict.group, now);
      }
    },
  };
}

const partialText = (failures: number): string | null =>
  failures === 0 ? null : `${failures} parts of the cluster could not be read; the rest is judged`;
