import { alignedColumns, type Columns, type Frame } from './columns.ts';
import { COMMITTED, SHARE_LAG, SHARE_START } from './group-entry.ts';
import type { Layout } from './layout.ts';
import { LOG_NEWEST, LOG_READ, LOG_STABLE } from './topic-entry.ts';

/** Takes a cell's value and what was expected of it, writes it or reads it, and returns the value. */
export type CodeCell = (value: number, prediction: number) => number;

const HOUR_MS = 3_600_000;

/**
 * Walks through every number of a sample, in the order in which they are packed, with a prediction for each out of the
 * reference frame and of what was walked before. Packing and unpacking are this one walk, and so can't disagree.
 *
 * A cell without a value keeps the reference's, for those that are coded against this frame.
 */
export function codeColumns(columns: Columns, layout: Layout, atMs: number, reference: Frame, code: CodeCell): void {
  const known = alignedColumns(reference, layout);
  codeLogs(columns, known, layout, atMs - reference.atMs, code);
  codeNewest(columns, known, layout, { atMs, knownAtMs: reference.atMs }, code);
  codeGroups(columns, known, layout, code);
}

function codeLogs(
  { logStart, logEnd, stable }: Columns,
  known: Columns,
  { cells: { logs, hasStable } }: Layout,
  sinceMs: number,
  code: CodeCell,
): void {
  for (let cell = 0; cell < known.logStart.length; cell += 1) {
    const was = at(known.logStart, cell);
    logStart[cell] = has(logs.codes, cell, LOG_READ) ? code(at(logStart, cell), was) : was;
  }
  for (let cell = 0; cell < known.logEnd.length; cell += 1) {
    const was = at(known.logEnd, cell);
    const expected = safe(was + Math.round((at(known.logEndPerHour, cell) * sinceMs) / HOUR_MS));
    logEnd[cell] = has(logs.codes, cell, LOG_READ) ? code(at(logEnd, cell), expected) : was;
  }
  if (!hasStable) return;
  for (let cell = 0; cell < known.stable.length; cell += 1) {
    const was = at(known.stable, cell);
    // As far behind the end as it was.
    const expected = safe(at(logEnd, cell) - (at(known.logEnd, cell) - was));
    stable[cell] = has(logs.codes, cell, LOG_STABLE) ? code(at(stable, cell), expected) : was;
  }
}

function codeNewest(
  { logEnd, newest }: Columns,
  known: Columns,
  { cells: { logs } }: Layout,
  { atMs, knownAtMs }: { readonly atMs: number; readonly knownAtMs: number },
  code: CodeCell,
): void {
  for (let cell = 0; cell < known.newest.length; cell += 1) {
    const was = at(known.newest, cell);
    // A log that grew has a record as fresh as it had before.
    const grew = at(logEnd, cell) !== at(known.logEnd, cell);
    const expected = grew ? safe(was + atMs - knownAtMs) : was;
    newest[cell] = has(logs.codes, cell, LOG_NEWEST) ? code(at(newest, cell), expected) : was;
  }
}

function codeGroups(
  { logEnd, committed, shareStart, shareLag }: Columns,
  known: Columns,
  { cells: { commits, shares, logOfCommit } }: Layout,
  code: CodeCell,
): void {
  for (let cell = 0; cell < known.committed.length; cell += 1) {
    const was = at(known.committed, cell);
    const log = logOfCommit[cell] ?? -1;
    // The lag changes less than the offsets do.
    const expected = log === -1 ? was : safe(at(logEnd, log) - (at(known.logEnd, log) - was));
    committed[cell] = has(commits.codes, cell, COMMITTED) ? code(at(committed, cell), expected) : was;
  }
  for (let cell = 0; cell < known.shareStart.length; cell += 1) {
    const was = at(known.shareStart, cell);
    shareStart[cell] = has(shares.codes, cell, SHARE_START) ? code(at(shareStart, cell), was) : was;
  }
  for (let cell = 0; cell < known.shareLag.length; cell += 1) {
    const was = at(known.shareLag, cell);
    shareLag[cell] = has(shares.codes, cell, SHARE_LAG) ? code(at(shareLag, cell), was) : was;
  }
}

const at = (column: Float64Array, cell: number): number => column[cell] ?? 0;

const has = (codes: Uint8Array, cell: number, bit: number): boolean => ((codes[cell] ?? 0) & bit) !== 0;

/** Predictions stay safe integers, whatever the offsets: only then is the distance to them exact. */
const safe = (value: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
