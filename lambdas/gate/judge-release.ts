import { SluicegateError } from '../core/errors.ts';
import { finalDecision, type LedgerEntry, lastDecision } from '../core/release/ledger-entry.ts';
import { finished } from '../core/release/open-entry.ts';
import { notJudged, unlessOverdue } from '../core/release/overdue.ts';
import { settledFor, withDecision } from '../core/release/record-decision.ts';
import { judgeRecovery } from '../core/release/recovery.ts';
import { answerOf, type GateAnswer } from './answer.ts';
import { findRelease } from './find-release.ts';
import type { GateDependencies, ReleaseName } from './gate.ts';
import { groupSnapshots } from './group-samples.ts';
import { type Judged, resumeJudgement } from './resume-judgement.ts';

/** Somebody else judged the same: what he wrote is read, and the next look goes on from there. */
const LOOKS = 3;

/** Judges a release by what the history holds now, and keeps what is new in the ledger. */
export async function judgeRelease(gate: GateDependencies, name: ReleaseName): Promise<GateAnswer> {
  const { ledger, clock } = gate;
  for (let look = 0; look < LOOKS; look++) {
    const entry = await findRelease(ledger, name);
    if (finalDecision(entry) !== null) return answerOf(entry, clock.nowMs());
    if (entry.state === 'finished') return undecided(entry, clock.nowMs());
    const found = await judged(gate, entry);
    const next = recorded(entry, found, clock.nowMs());
    if (next !== null && (await ledger.write(next)) === 'conflict') continue;
    await keepCheckpoint(gate, entry, found);
    return answerOf(next ?? entry, clock.nowMs());
  }
  throw new SluicegateError('STORE_CONFLICT', 'others keep writing this release: ask again');
}

/**
 * After the decision: whoever is cut off between the two judges the same samples again. The other way round the decision
 * would wait for another sample, and there may never be one.
 */
async function keepCheckpoint(gate: GateDependencies, entry: LedgerEntry, { checkpoint }: Judged): Promise<void> {
  if (checkpoint === null) return;
  const key = { releaseId: entry.release.id, attempt: entry.attempt.number };
  try {
    await gate.ledger.writeCheckpoint(key, checkpoint);
  } catch (error) {
    gate.warn('how far a judgement has come could not be kept: the next one reads more', error);
  }
}

/** Who still asks about a release that was finished before there was a decision must not ask for ever. */
function undecided(entry: LedgerEntry, nowMs: number): GateAnswer {
  const reasons = [
    { code: 'FINISHED', numbers: {}, sentence: 'the release was finished before there was a decision' },
    ...(lastDecision(entry)?.reasons ?? []),
  ];
  const decision = settledFor(entry, { decision: 'INCONCLUSIVE', reasons });
  return { ...answerOf(entry, nowMs), decision, reasons };
}

/** A failure of ours is no decision: nothing is decided but that time is up. */
async function judged(gate: GateDependencies, entry: LedgerEntry): Promise<Judged> {
  const nowMs = gate.clock.nowMs();
  try {
    const found =
      entry.attempt.mode === 'recovery' ? await judgedRecovery(gate, entry) : await resumeJudgement(gate, entry);
    return { ...found, judgement: unlessOverdue(found.judgement, entry, nowMs) };
  } catch (error) {
    gate.warn('a release could not be judged', error);
    const why = error instanceof Error ? error.message : String(error);
    return { judgement: notJudged(entry, why, nowMs), start: null, newest: null, checkpoint: null };
  }
}

async function judgedRecovery({ history }: GateDependencies, { cluster, release }: LedgerEntry): Promise<Judged> {
  const { group, startedAtMs } = release;
  const snapshots = await groupSnapshots(history, { cluster, group, fromMs: startedAtMs });
  return { judgement: judgeRecovery(release, snapshots), start: null, newest: null, checkpoint: null };
}

/**
 * The entry with what a judgement brought, or null when that is nothing new. A decision for one side ends the release;
 * one that is left to a human keeps it open until he finishes it.
 */
function recorded(entry: LedgerEntry, { judgement, start, newest }: Judged, nowMs: number): LedgerEntry | null {
  const marked = start === null ? entry : { ...entry, attempt: { ...entry.attempt, start } };
  const decided = withDecision(marked, judgement);
  if (decided === null) return start === null ? null : { ...marked, version: entry.version + 1 };
  const { settled } = decided.decisions.at(-1) ?? {};
  if (settled !== 'PROMOTE' && settled !== 'ROLLBACK') return decided;
  return { ...finished(decided, nowMs, newest), version: decided.version };
}
