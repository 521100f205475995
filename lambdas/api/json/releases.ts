import * as z from 'zod';
import type { LedgerPage } from '../../core/ports/release-ledger.ts';
import { type LedgerEntry, lastDecision } from '../../core/release/ledger-entry.ts';
import type { ReleaseAnswer, ReleaseCurves } from '../answers/release-answer.ts';
import type { ReleaseEntry, ReleasesAnswer } from '../answers/releases-answer.ts';
import { wholeNumber } from './query.ts';

export const releasesQuery = z.strictObject({
  cluster: z.string(),
  group: z.string().optional(),
  limit: wholeNumber({ min: 1, max: 200 }).default(50),
  after: z.string().max(2_000).optional(),
});

export const releaseQuery = z.strictObject({ cluster: z.string(), release: z.string() });

export const releasesAnswerOf = (cluster: string, { entries, next }: LedgerPage, nowMs: number): ReleasesAnswer => ({
  nowMs,
  cluster,
  releases: entries.map(releaseEntryOf),
  next,
});

export function releaseAnswerOf(entry: LedgerEntry, curves: ReleaseCurves, nowMs: number): ReleaseAnswer {
  const { cluster, release, attempt, decisions, rollbacks } = entry;
  const last = lastDecision(entry);
  return {
    nowMs,
    cluster,
    entry: releaseEntryOf(entry),
    canary: release.canary,
    start: attempt.start,
    finish: attempt.finish,
    reasons: last?.reasons ?? [],
    evidence: last?.evidence ?? null,
    decisions,
    rollbacks,
    curves,
  };
}

function releaseEntryOf(entry: LedgerEntry): ReleaseEntry {
  const { release, state, attempt, finishedAtMs } = entry;
  const last = lastDecision(entry);
  return {
    id: release.id,
    group: release.group,
    strategy: release.strategy,
    state,
    mode: attempt.mode,
    attempt: attempt.number,
    askedBy: attempt.askedBy,
    startedAtMs: release.startedAtMs,
    finishedAtMs,
    deadlineAtMs: release.startedAtMs + release.deadlineMs,
    decision: last?.decision ?? null,
    settled: last?.settled ?? null,
    decidedAtMs: last?.atMs ?? null,
    sentence: last?.reasons[0]?.sentence ?? null,
  };
}
