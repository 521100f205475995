import { SluicegateError } from '../core/errors.ts';
import { type HoldBack, heldBackBy } from '../core/incident/hold-back.ts';
import type { IncidentSettings } from '../core/incident/incident-settings.ts';
import { type Silence, silenceAt } from '../core/incident/silence.ts';
import { stepCluster, stepUnread } from '../core/incident/step-cluster.ts';
import type { EvaluationStore } from '../core/ports/evaluation-store.ts';
import type { HistoryStore, Sample } from '../core/ports/history-store.ts';
import type { IncidentStore } from '../core/ports/incident-store.ts';
import type { Metrics } from '../core/ports/metrics.ts';
import type { MuteStore } from '../core/ports/mute-store.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { ReleaseLedger } from '../core/ports/release-ledger.ts';
import type { LedgerEntry } from '../core/release/ledger-entry.ts';
import type { Ruleset } from '../core/status/ruleset.ts';
import { checkpointDue } from './checkpoint-due.ts';
import { type ClusterRun, checkpointed, clusterRunAt, took, type WarmRuns, type Warn } from './cluster-run.ts';
import { type IncidentDesk, type NoticesTold, openIncidentDesk } from './incident-desk.ts';

export interface Evaluation {
  readonly history: HistoryStore;
  readonly evaluations: EvaluationStore;
  readonly incidents: IncidentStore;
  readonly mutes: MuteStore;
  readonly releases: Pick<ReleaseLedger, 'readOpen'>;
  readonly notifiers: readonly Notifier[];
  readonly metrics: Metrics;
  readonly ruleset: Ruleset;
  readonly settings: IncidentSettings;
  readonly warmRuns: WarmRuns;
  readonly warn: Warn;
}

/** What is to be evaluated, and why now. */
export interface EvaluationTask {
  readonly cluster: string;
  /** A slot whose reading failed altogether, and why; null: it was read. */
  readonly unread: { readonly slotMs: number; readonly why: string } | null;
}

/** What one evaluation came to. */
export interface EvaluationOutcome extends NoticesTold {
  readonly cluster: string;
  /** `conflict`: another invocation was at it; it, or the next one, does the work. */
  readonly outcome: 'evaluated' | 'conflict';
  /** How many new samples were judged. */
  readonly samples: number;
}

/**
 * Judges every sample newer than the last one taken, in order. Idempotent: each slot's incidents are written before
 * the position moves past it, and both carry what they replace as a condition.
 */
export async function evaluateCluster(evaluation: Evaluation, task: EvaluationTask): Promise<EvaluationOutcome> {
  const { cluster, unread } = task;
  const { history, evaluations, metrics, mutes, settings, warmRuns } = evaluation;
  const position = await evaluations.readPosition(cluster);
  const clusterRun = await clusterRunAt(position, cluster, evaluation);
  const desk = await openIncidentDesk(evaluation, cluster);
  const [muted, open] = await Promise.all([mutes.readAll(cluster), openReleases(evaluation, cluster)]);
  const silence = (atMs: number) => silenceAt({ quiet: settings.quiet, mutes: muted }, { cluster, atMs });
  let samples = 0;
  let conflict = !(await desk.deliver());
  for await (const sample of history.read({ cluster, afterSlotMs: position.slotMs ?? Number.NEGATIVE_INFINITY })) {
    if (conflict) break;
    const isSilent = silence(sample.snapshot.atMs);
    const isHeldBack = heldBackBy(open, sample.snapshot.atMs);
    conflict = !(await judgeSample(evaluation, { clusterRun, sample, desk, isSilent, isHeldBack }));
    if (!conflict) samples += 1;
  }
  if (unread !== null && !conflict) {
    metrics.unread({ cluster, slotMs: unread.slotMs });
    const next = stepUnread(desk.records, { cluster, ...unread }, settings, silence(unread.slotMs));
    conflict = !(next === null || ((await desk.write([next])) && (await desk.deliver())));
  }
  // A run that went further than what was written must not be taken for the truth by the next invocation.
  if (conflict) warmRuns.delete(cluster);
  return { cluster, outcome: conflict ? 'conflict' : 'evaluated', samples, ...desk.told() };
}

/** A release that can't be read holds nothing back: the gate says so to whom it concerns, and statuses must go on. */
async function openReleases({ releases, warn }: Evaluation, cluster: string): Promise<readonly LedgerEntry[]> {
  try {
    return await releases.readOpen(cluster);
  } catch (cause) {
    if (!(cause instanceof SluicegateError && cause.code === 'STORE_CORRUPT')) throw cause;
    warn('the open releases can not be read: nothing is held back for them', { cluster, why: cause.message });
    return [];
  }
}

/** One sample: verdicts, incident steps, notices, then the position. False on a conflict. */
async function judgeSample(
  { evaluations, metrics, ruleset, settings }: Evaluation,
  {
    clusterRun,
    sample,
    desk,
    isSilent,
    isHeldBack,
  }: {
    readonly clusterRun: ClusterRun;
    readonly sample: Sample;
    readonly desk: IncidentDesk;
    readonly isSilent: Silence;
    readonly isHeldBack: HoldBack;
  },
): Promise<boolean> {
  const { slotMs, snapshot } = sample;
  const { cluster, atMs } = snapshot;
  const verdicts = clusterRun.run.advance(snapshot);
  const steps = stepCluster(desk.records, { slotMs, snapshot, verdicts }, settings, isSilent, isHeldBack);
  if (!(await desk.write(steps)) || !(await desk.deliver())) return false;
  const checkpoint = checkpointDue(clusterRun, sample, ruleset);
  const moved = await evaluations.advance({
    cluster,
    fromSlotMs: clusterRun.slotMs,
    to: { slotMs, atMs, verdicts },
    snapshot,
    ...(clusterRun.before === null ? {} : { before: clusterRun.before }),
    checkpoint,
  });
  if (moved === 'conflict') return false;
  took(clusterRun, sample);
  if (checkpoint !== null) checkpointed(clusterRun, slotMs);
  metrics.judged({ snapshot, verdicts });
  return true;
}
