import { SluicegateError } from '../core/errors.ts';
import { type Judgement, nothingSeen } from '../core/gate/judgement.ts';
import { openJudgement } from '../core/gate/open-judgement.ts';
import type { JudgementCheckpoint } from '../core/ports/release-ledger.ts';
import { type LedgerEntry, lastDecision } from '../core/release/ledger-entry.ts';
import { markerOf, type OffsetMarker } from '../core/release/offset-marker.ts';
import { STOP_MARKER_UNKNOWN, searchStopMarker } from '../core/release/stop-marker.ts';
import type { GateDependencies } from './gate.ts';

/** What the history says about a release now. */
export interface Judged {
  readonly judgement: Judgement;
  /** A better start marker than the entry has; null: none. */
  readonly start: OffsetMarker | null;
  /** The group's offsets as last seen; null: not seen since the last checkpoint. */
  readonly newest: OffsetMarker | null;
  /** How far the judgement has come, worth being kept once what it led to is; null: not worth it yet. */
  readonly checkpoint: JudgementCheckpoint | null;
}

/** Reading so many samples again is cheaper than writing what they lead to. */
const CHECKPOINT_EVERY_SAMPLES = 20;

/** Judges from the checkpoint on, or from the group's past where there is none, up to the newest sample. */
export async function resumeJudgement(
  { ledger, history }: Pick<GateDependencies, 'ledger' | 'history'>,
  entry: LedgerEntry,
): Promise<Judged> {
  const { cluster, release, attempt, settings } = entry;
  const { from, run } = await begun(ledger, entry);
  const afterSlotMs = from?.slotMs ?? release.startedAtMs - settings.baselineMs - 1;
  let search = from?.stopMarker ?? STOP_MARKER_UNKNOWN;
  let [samples, slotMs] = [0, afterSlotMs];
  let judgement = lastJudgement(entry);
  let newest: OffsetMarker | null = null;
  for await (const sample of history.readGroup({ cluster, group: release.group, afterSlotMs })) {
    const { snapshot } = sample;
    judgement = run.observe(snapshot);
    if (snapshot.atMs >= release.startedAtMs) search = searchStopMarker(search, snapshot, release.group);
    newest = markerOf(snapshot, release.group) ?? newest;
    slotMs = sample.slotMs;
    samples += 1;
  }
  const isWorthKeeping = samples >= CHECKPOINT_EVERY_SAMPLES;
  const checkpoint = isWorthKeeping ? { slotMs, memory: run.checkpoint(), stopMarker: search } : null;
  const isBetter = release.strategy === 'stop' && search.marker !== null && search.marker.atMs > attempt.start.atMs;
  return { judgement, start: isBetter ? search.marker : null, newest, checkpoint };
}

/** From the checkpoint; one that is damaged is worth as much as none, since the samples say the same. */
async function begun(ledger: GateDependencies['ledger'], { release, attempt, settings }: LedgerEntry) {
  try {
    const from = await ledger.readCheckpoint({ releaseId: release.id, attempt: attempt.number });
    return { from, run: openJudgement(release, settings, from?.memory ?? null) };
  } catch (cause) {
    if (!(cause instanceof SluicegateError && cause.code === 'STORE_CORRUPT')) throw cause;
    return { from: null, run: openJudgement(release, settings, null) };
  }
}

/** What was said last: it holds until there is another sample. */
function lastJudgement(entry: LedgerEntry): Judgement {
  const last = lastDecision(entry);
  return last ?? { decision: 'CONTINUE', reasons: [], evidence: nothingSeen(entry.release.startedAtMs) };
}
