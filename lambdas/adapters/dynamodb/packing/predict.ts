import type { CellsWith } from '../../../core/bytes/byte-writer.ts';
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

/** What is known, and in the cells that have the bit what is predicted for them. */
function predicted(
  known: Float64Array,
  { codes, bit }: CellsWith,
  predict: (cell: number, was: number) => number,
): Float64Array {
  const expected = known.slice();
  for (let cell = 0; cell < expected.length; cell += 1) {
    if (((codes[cell] ?? 0) & bit) !== 0) expected[cell] = safe(predict(cell, expected[cell] ?? 0));
  }
  return expected;
}

/** As fast as it grew before. */
const expectedEnds = ({ logEnd, logEndBefore }: Columns, codes: Codes, ratio: number): Float64Array =>
  predicted(logEnd, { codes, bit: LOG_READ }, (cell, was) => {
    const before = logEndBefore[cell] ?? 0;
    return before > 0 && was > before ? was + Math.round((was - before) * ratio) : was;
  });

/** As far behind the end as it was. */
const expectedStable = ({ stable, logEnd: endBefore }: Columns, codes: Codes, logEnd: Float64Array): Float64Array =>
  predicted(stable, { codes, bit: LOG_STABLE }, (cell, was) => (logEnd[cell] ?? 0) - ((endBefore[cell] ?? 0) - was));

/** A log that grew has a record as fresh as it had before. */
const expectedNewest = (
  { newest, logEnd: endBefore }: Columns,
  codes: Codes,
  logEnd: Float64Array,
  sinceMs: number,
): Float64Array =>
  predicted(newest, { codes, bit: LOG_NEWEST }, (cell, was) =>
    logEnd[cell] === endBefore[cell] ? was : was + sinceMs,
  );

/** The lag changes less than the offsets do. */
const expectedCommits = (
  { committed, logEnd: endBefore }: Columns,
  codes: Codes,
  logEnd: Float64Array,
  logOfCommit: Int32Array,
): Float64Array =>
  predicted(committed, { codes, bit: COMMITTED }, (cell, was) => {
    const log = logOfCommit[cell] ?? -1;
    return log === -1 ? was : (logEnd[log] ?? 0) - ((endBefore[log] ?? 0) - was);
  });

/** Predictions stay safe integers, whatever the offsets: only then is the distance to them exact. */
const safe = (value: number): number => Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
