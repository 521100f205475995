import { type Absence, type PresentCodes, presentCodes } from './absence.ts';
import { alignedColumns, type Columns, type Frame } from './columns.ts';
import { COMMITTED, SHARE_LAG, SHARE_START } from './group-entry.ts';
import type { Layout } from './layout.ts';
import { LOG_NEWEST, LOG_READ, LOG_STABLE } from './topic-entry.ts';

/** A column as it is expected, and which of its cells have a value: those whose code has the bit. */
export interface ExpectedColumn {
  readonly name: Exclude<keyof Columns, 'logEndBefore'>;
  /** Where there is no value: the last one that was known. */
  readonly expected: Float64Array;
  readonly codes: Uint8Array;
  readonly bit: number;
}

/** Writes the column's values, or reads them; returns them, with what is expected in the cells that have none. */
export type CodeColumn = (column: ExpectedColumn) => Float64Array;

export interface FrameHead {
  readonly atMs: number;
  readonly layout: Layout;
  readonly absent: Absence;
}

/**
 * Walks through the columns of a frame in the order in which they are packed, with a prediction for every number out of
 * the reference and of the columns before. Packing and unpacking are this one walk, and so can't disagree.
 */
export function codeColumns({ atMs, layout, absent }: FrameHead, reference: Frame, code: CodeColumn): Columns {
  const known = alignedColumns(reference, layout);
  const { logs, commits, shares } = presentCodes(layout, absent);
  const sinceMs = atMs - reference.atMs;
  const at = (name: ExpectedColumn['name'], expected: Float64Array, codes: Uint8Array, bit: number) =>
    code({ name, expected, codes, bit });
  const logStart = at('logStart', known.logStart.slice(), logs, LOG_READ);
  const logEnd = at(
    'logEnd',
    expectedEnds(known, logs, reference.spanMs > 0 ? sinceMs / reference.spanMs : 0),
    logs,
    LOG_READ,
  );
  const { hasStable, hasNewest, logOfCommit } = layout.cells;
  return {
    logStart,
    logEnd,
    logEndBefore: known.logEnd,
    stable: hasStable ? at('stable', expectedStable(known, logs, logEnd), logs, LOG_STABLE) : known.stable,
    newest: hasNewest ? at('newest', expectedNewest(known, logs, logEnd, sinceMs), logs, LOG_NEWEST) : known.newest,
    committed: at('committed', expectedCommits(known, commits, logEnd, logOfCommit), commits, COMMITTED),
    shareStart: at('shareStart', known.shareStart.slice(), shares, SHARE_START),
    shareLag: at('shareLag', known.shareLag.slice(), shares, SHARE_LAG),
  };
}

type Codes = PresentCodes['logs'];

/** As fast as it grew before. */
function expectedEnds({ logEnd, logEndBefore }: Columns, codes: Codes, ratio: number): Float64Array {
  const expected = logEnd.slice();
  for (let cell = 0; cell < expected.length; cell += 1) {
    const was = logEnd[cell] ?? 0;
    const before = logEndBefore[cell] ?? 0;
    if (before > 0 && was > before && has(codes, cell, LOG_READ)) {
      expected[cell] = safe(was + Math.round((was - before) * ratio));
    }
  }
  return expected;
}

/** As far behind the end as it was. */
function expectedStable({ stable, logEnd: endBefore }: Columns, codes: Codes, logEnd: Float64Array): Float64Array {
  const expected = stable.slice();
  for (let cell = 0; cell < expected.length; cell += 1) {
    if (!has(codes, cell, LOG_STABLE)) continue;
    expected[cell] = safe((logEnd[cell] ?? 0) - ((endBefore[cell] ?? 0) - (stable[cell] ?? 0)));
  }
  return expected;
}

/** A log that grew has a record as fresh as it had before. */
function expectedNewest(
  { newest, logEnd: endBefore }: Columns,
  codes: Codes,
  logEnd: Float64Array,
  sinceMs: number,
): Float64Array {
  const expected = newest.slice();
  for (let cell = 0; cell < expected.length; cell += 1) {
    const grew = logEnd[cell] !== endBefore[cell];
    if (grew && has(codes, cell, LOG_NEWEST)) expected[cell] = safe((newest[cell] ?? 0) + sinceMs);
  }
  return expected;
}

/** The lag changes less than the offsets do. */
function expectedCommits(
  { committed, logEnd: endBefore }: Columns,
  codes: Codes,
  logEnd: Float64Array,
  logOfCommit: Int32Array,
): Float64Array {
  const expected = committed.slice();
  for (let cell = 0; cell < expected.length; cell += 1) {
    const log = logOfCommit[cell] ?? -1;
    if (log === -1 || !has(codes, cell, COMMITTED)) continue;
    expected[cell] = safe((logEnd[log] ?? 0) - ((endBefore[log] ?? 0) - (committed[cell] ?? 0)));
  }
  return expected;
}

const has = (codes: Uint8Array, cell: number, bit: number): boolean => ((codes[cell] ?? 0) & bit) !== 0;

/** Predictions stay safe integers, whatever the offsets: only then is the distance to them exact. */
const safe = (value: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
