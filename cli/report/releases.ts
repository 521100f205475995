import type { Decision } from '../../lambdas/core/gate/judgement.ts';
import { durationText } from '../../lambdas/core/quantity.ts';
import { type LedgerEntry, lastDecision } from '../../lambdas/core/release/ledger-entry.ts';
import { visible } from '../../lambdas/core/visible.ts';
import { type Cell, type Column, plain, renderTable, type Tone, toned } from '../table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'RELEASE' },
  { title: 'GROUP' },
  { title: 'STARTED' },
  { title: 'ASKED BY' },
  { title: 'ATTEMPT', align: 'right' },
  { title: 'STATE' },
  { title: 'DECISION' },
];

const TONE_OF: Readonly<Record<Decision, Tone>> = {
  PROMOTE: 'good',
  ROLLBACK: 'bad',
  INCONCLUSIVE: 'warning',
  CONTINUE: 'plain',
};

/** One line a release. */
export const releasesTable = (
  entries: readonly LedgerEntry[],
  { colour, nowMs }: { readonly colour: boolean; readonly nowMs: number },
): readonly string[] =>
  renderTable(
    COLUMNS,
    entries.map((entry) => rowOf(entry, nowMs)),
    colour,
  );

function rowOf(entry: LedgerEntry, nowMs: number): Cell[] {
  const { release, attempt, state } = entry;
  const { caller, name } = attempt.askedBy;
  return [
    plain(release.id),
    plain(release.group),
    plain(`${durationText(Math.max(0, nowMs - attempt.startedAtMs))} ago`),
    plain(name === null ? caller : `${caller} ${name}`),
    plain(String(attempt.number)),
    plain(attempt.mode === 'recovery' ? `${state}, recovery` : state),
    decisionCell(entry),
  ];
}

function decisionCell(entry: LedgerEntry): Cell {
  const last = lastDecision(entry);
  if (last === null) return plain('–');
  const { decision, settled } = last;
  return { text: decision === settled ? decision : `${decision}, so ${settled}`, tone: TONE_OF[settled] };
}

/** The same for programs: what fits in a list. */
export const releaseJson = (entry: LedgerEntry) => {
  const { cluster, release, attempt, state } = entry;
  const last = lastDecision(entry);
  return {
    releaseId: release.id,
    cluster,
    group: release.group,
    strategy: release.strategy,
    state,
    attempt: attempt.number,
    mode: attempt.mode,
    askedBy: attempt.askedBy,
    executionId: attempt.executionId,
    startedAtMs: attempt.startedAtMs,
    finishedAtMs: entry.finishedAtMs,
    decision: last?.settled ?? null,
    reasons: last?.reasons ?? [],
  };
};

/** One release in words: what was asked, and what was said when. */
export function releaseLines(entry: LedgerEntry, colour: boolean): readonly string[] {
  const { cluster, release, policies, attempt, decisions, rollbacks } = entry;
  const { onInconclusive, onBlind, onLowTraffic } = policies;
  const selector = Object.entries(release.canary).flatMap(([what, pattern]) =>
    pattern === null ? [] : [`${what} ${pattern}`],
  );
  return [
    `${visible(release.id)}: ${release.strategy} of "${visible(release.group)}" in ${visible(cluster)}`,
    `  new version   ${visible(selector.join(', '))}`,
    `  deadline      ${durationText(release.deadlineMs)} after the start`,
    `  if unclear    ${onInconclusive}; blind: ${onBlind}; little traffic: ${onLowTraffic}`,
    `  state         ${entry.state}, attempt ${attempt.number}${attempt.mode === 'recovery' ? ' (recovery)' : ''}`,
    `  offsets       ${attempt.start.partitions.length} partitions, read ${timeText(attempt.start.atMs)}`,
    '',
    ...[...entry.earlier, attempt].flatMap((one) => [
      `attempt ${one.number}, ${one.mode}, started ${timeText(one.startedAtMs)} by ${one.askedBy.caller} ${visible(one.askedBy.name ?? '')}`.trimEnd(),
      ...decisions
        .filter((decision) => decision.attempt === one.number)
        .flatMap(({ atMs, settled, decision, reasons }) => [
          `  ${timeText(atMs)}  ${toned({ text: decision, tone: TONE_OF[settled] }, colour)}${decision === settled ? '' : `, so ${settled}`}`,
          ...reasons.map(({ code, sentence }) => `      ${code}: ${visible(sentence)}`),
        ]),
    ]),
    ...rollbacks.map(({ atMs, outcome, sentence }) => `rollback ${outcome} ${timeText(atMs)}: ${visible(sentence)}`),
  ];
}

const timeText = (atMs: number): string => new Date(atMs).toISOString();
