import { renderJudgement } from '../lambdas/adapters/ndjson/judgement-line.ts';
import type { ClusterSnapshot } from '../lambdas/core/cluster/snapshot.ts';
import type { JudgementRun, openJudgement } from '../lambdas/core/gate/open-judgement.ts';
import type { GateSettings } from '../lambdas/core/gate/settings.ts';
import type { Release } from '../lambdas/core/release/release.ts';

/**
 * What a stream keeps of each cluster for releases that may come: enough to know what is usual, and a bound on memory.
 * The function behind a pipeline reads up to `baselineMs` from the table instead.
 */
const KEPT_MS = 90 * 60_000;

/** A release in the stream whose decision is not final. */
interface OpenRelease {
  readonly release: Release;
  readonly openJudgement: typeof openJudgement;
  /** A release line names no cluster: it is the first one that shows its group. Null: none has yet. */
  judged: { readonly cluster: string; readonly run: JudgementRun } | null;
}

/** Judges the releases that stand between the snapshots of a recording. */
export interface ReleaseJudge {
  open(release: Release): Promise<void>;
  /** One line for each open release of the snapshot's cluster, from its start up to its final decision. */
  observe(snapshot: ClusterSnapshot): string[];
}

export function releaseJudge(settings: GateSettings): ReleaseJudge {
  const kept = new Map<string, ClusterSnapshot[]>();
  let open: readonly OpenRelease[] = [];
  return {
    async open(release) {
      // Only now: most recordings know no release, and the gate takes a quarter of the time to load.
      const { openJudgement } = await import('../lambdas/core/gate/open-judgement.ts');
      open = [...open, { release, openJudgement, judged: null }];
    },
    observe(snapshot) {
      const lines: string[] = [];
      for (const one of open) {
        one.judged ??= begin(one, settings, snapshot, kept.get(snapshot.cluster) ?? []);
        if (one.judged?.cluster !== snapshot.cluster) continue;
        const judgement = one.judged.run.observe(snapshot);
        const { id: releaseId, startedAtMs } = one.release;
        const { atMs } = snapshot;
        if (atMs >= startedAtMs) lines.push(renderJudgement({ atMs, releaseId, judgement }));
        if (judgement.decision !== 'CONTINUE') open = open.filter((other) => other !== one);
      }
      keep(kept, snapshot);
      return lines;
    },
  };
}

function begin(
  { release, openJudgement }: OpenRelease,
  settings: GateSettings,
  snapshot: ClusterSnapshot,
  past: readonly ClusterSnapshot[],
): OpenRelease['judged'] {
  const knows = ({ groups }: ClusterSnapshot): boolean => groups.has(release.group);
  if (!knows(snapshot) && !past.some(knows)) return null;
  const run = openJudgement(release, settings);
  for (const earlier of past) run.observe(earlier);
  return { cluster: snapshot.cluster, run };
}

function keep(kept: Map<string, ClusterSnapshot[]>, snapshot: ClusterSnapshot): void {
  const past = kept.get(snapshot.cluster) ?? [];
  if (snapshot.atMs <= (past.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY)) return;
  past.push(snapshot);
  while ((past[0]?.atMs ?? snapshot.atMs) < snapshot.atMs - KEPT_MS) past.shift();
  kept.set(snapshot.cluster, past);
}
