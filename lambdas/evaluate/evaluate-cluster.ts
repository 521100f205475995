import { advance, type IncidentSettings } from '../core/incident/advance.ts';
import type { IncidentRecord } from '../core/incident/incident.ts';
import type { EvaluationStore, StoredCheckpoint } from '../core/ports/evaluation-store.ts';
import type { HistoryStore, Sample } from '../core/ports/history-store.ts';
import type { IncidentStore } from '../core/ports/incident-store.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { Ruleset } from '../core/status/ruleset.ts';
import type { GroupVerdict } from '../core/status/verdict.ts';
import { type ClusterRun, clusterRunAt, type WarmRuns } from './cluster-run.ts';
import { deliverNotices } from './deliver-notices.ts';

export interface Evaluation {
  readonly history: HistoryStore;
  readonly evaluations: EvaluationStore;
  readonly incidents: IncidentStore;
  readonly notifier: Notifier;
  readonly ruleset: Ruleset;
  readonly settings: IncidentSettings;
  readonly warmRuns: WarmRuns;
}

/** What one evaluation came to. */
export interface EvaluationOutcome {
  readonly cluster: string;
  /** `conflict`: another invocation was at it; it, or the next one, does the work. */
  readonly outcome: 'evaluated' | 'conflict';
  /** How many new samples were judged. */
  readonly samples: number;
  readonly noticesSent: number;
  /** Notices that stay in the outbox because the notifier refused them, and why the last one did. */
  readonly noticesWaiting: number;
  readonly whyWaiting: string | null;
}

const CHECKPOINT_EVERY_MS = 3_600_000;

type Records = Map<string, IncidentRecord>;

/** What became of the notices so far in this invocation. */
interface Progress {
  sent: number;
  whyWaiting: string | null;
  conflict: boolean;
}

/**
 * Judges every sample newer than the last one taken, in order. Idempotent: each slot's incidents are written before
 * the position moves past it, and both carry what they replace as a condition.
 */
export async function evaluateCluster(evaluation: Evaluation, cluster: string): Promise<EvaluationOutcome> {
  const position = await evaluation.evaluations.readPosition(cluster);
  const clusterRun = await clusterRunAt(position, cluster, evaluation);
  const records: Records = new Map(await evaluation.incidents.readAll(cluster));
  const told: Progress = { sent: 0, whyWaiting: null, conflict: false };
  let samples = 0;
  await deliverAll(evaluation, records, told);
  for await (const sample of evaluation.history.read({
    cluster,
    afterSlotMs: position.slotMs ?? Number.NEGATIVE_INFINITY,
  })) {
    if (told.conflict || !(await judgeSample(evaluation, clusterRun, sample, records, told))) {
      told.conflict = true;
      break;
    }
    samples += 1;
  }
  // A run that went further than what was written must not be taken for the truth by the next invocation.
  if (told.conflict) evaluation.warmRuns.delete(cluster);
  return {
    cluster,
    outcome: told.conflict ? 'conflict' : 'evaluated',
    samples,
    noticesSent: told.sent,
    noticesWaiting: [...records.values()].reduce((sum, { outbox }) => sum + outbox.length, 0),
    whyWaiting: told.whyWaiting,
  };
}

/** One sample: verdicts, incident steps, notices, then the position. False on a conflict. */
async function judgeSample(
  evaluation: Evaluation,
  clusterRun: ClusterRun,
  { slotMs, snapshot }: Sample,
  records: Records,
  told: Progress,
): Promise<boolean> {
  const { cluster, atMs } = snapshot;
  const verdicts = clusterRun.run.advance(snapshot);
  if (!(await stepIncidents(evaluation, { cluster, slotMs, atMs, verdicts }, records))) return false;
  await deliverAll(evaluation, records, told);
  if (told.conflict) return false;
  const checkpoint = checkpointDue(clusterRun, slotMs, evaluation.ruleset);
  const moved = await evaluation.evaluations.advance({
    cluster,
    fromSlotMs: clusterRun.slotMs,
    to: { slotMs, atMs, verdicts },
    snapshot,
    checkpoint,
  });
  if (moved === 'conflict') return false;
  clusterRun.slotMs = slotMs;
  if (checkpoint !== null) clusterRun.checkpointSlotMs = slotMs;
  return true;
}

async function stepIncidents(
  { incidents, settings }: Evaluation,
  seen: {
    readonly cluster: string;
    readonly slotMs: number;
    readonly atMs: number;
    readonly verdicts: readonly GroupVerdict[];
  },
  records: Records,
): Promise<boolean> {
  const { verdicts, ...at } = seen;
  for (const verdict of verdicts) {
    const next = advance(records.get(verdict.group) ?? null, { ...at, verdict }, settings);
    if (next === null) continue;
    if ((await incidents.write(next)) === 'conflict') return false;
    records.set(verdict.group, next);
  }
  return true;
}

async function deliverAll(evaluation: Evaluation, records: Records, told: Progress): Promise<void> {
  for (const record of records.values()) {
    if (record.outbox.length === 0) continue;
    const delivery = await deliverNotices(record, evaluation);
    if (delivery === 'conflict') {
      told.conflict = true;
      return;
    }
    told.sent += delivery.sent.length;
    if (delivery.failure !== null) told.whyWaiting = String(delivery.failure);
    records.set(record.group, delivery.record);
  }
}

function checkpointDue(
  { run, checkpointSlotMs }: ClusterRun,
  slotMs: number,
  { name }: Ruleset,
): StoredCheckpoint | null {
  if (checkpointSlotMs !== null && slotMs - checkpointSlotMs < CHECKPOINT_EVERY_MS) return null;
  return { slotMs, ruleset: name, memory: run.checkpoint() };
}
