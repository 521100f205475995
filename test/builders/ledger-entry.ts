import type { EvidenceSummary, Judgement } from '../../lambdas/core/gate/judgement.ts';
import { DEFAULT_GATE_SETTINGS } from '../../lambdas/core/gate/settings.ts';
import type { Attempt, LedgerDecision, LedgerEntry } from '../../lambdas/core/release/ledger-entry.ts';
import { aRelease } from './release-story.ts';
import { T0_MS } from './snapshots.ts';

/** The first attempt at T0, asked for by a pipeline, with one partition in its marker. */
export function anAttempt(part: Partial<Attempt> = {}): Attempt {
  const startedAtMs = part.startedAtMs ?? T0_MS;
  return {
    number: 1,
    mode: 'release',
    executionId: 'e-1',
    requestId: null,
    askedBy: { caller: 'codepipeline', name: 'billing-consumer' },
    startedAtMs,
    start: {
      atMs: startedAtMs,
      partitions: [{ topic: 'orders', partition: 0, committedOffset: 90, log: { startOffset: 0, endOffset: 100 } }],
    },
    finish: null,
    ...part,
  };
}

/** A release of group "billing" in cluster "prod" that has just been opened. */
export function anEntry(part: Partial<LedgerEntry> = {}): LedgerEntry {
  const attempt = part.attempt ?? anAttempt();
  return {
    cluster: 'prod',
    release: aRelease({ startedAtMs: attempt.startedAtMs }),
    version: 1,
    state: 'open',
    openedAtMs: attempt.startedAtMs,
    finishedAtMs: null,
    policies: { onInconclusive: 'rollback', onBlind: 'rollback', onLowTraffic: 'promote' },
    settings: DEFAULT_GATE_SETTINGS,
    attempt,
    earlier: [],
    decisions: [],
    rollbacks: [],
    ...part,
  };
}

export function anEvidence(part: Partial<EvidenceSummary> = {}): EvidenceSummary {
  return {
    atMs: T0_MS + 60_000,
    inPlaceMs: null,
    samples: 1,
    baselineSamples: 40,
    judgedPartitions: 2,
    controlPartitions: 2,
    handledMessages: 0,
    excessTimeLagMs: null,
    loadSeenRatio: null,
    ...part,
  };
}

/** CONTINUE, as NOT_IN_PLACE says. */
export function aJudgement(part: Partial<Judgement> = {}): Judgement {
  return {
    decision: 'CONTINUE',
    reasons: [{ code: 'NOT_IN_PLACE', numbers: { owned: 1, needed: 2 }, sentence: 'it owns 1 of 2 partitions' }],
    evidence: anEvidence(),
    ...part,
  };
}

/** What the ledger keeps of that. */
export function aDecision(part: Partial<LedgerDecision> = {}): LedgerDecision {
  const { decision, reasons, evidence } = aJudgement();
  return { attempt: 1, atMs: evidence.atMs, decision, settled: part.decision ?? decision, reasons, evidence, ...part };
}
