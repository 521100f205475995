import { SluicegateError } from '../../../core/errors.ts';
import type { BucketPart } from './buckets.ts';
import { type ByteReader, byteReader } from './byte-reader.ts';
import { byteWriter } from './byte-writer.ts';
import { alignedColumns, type Columns, EMPTY_FRAME, emptyColumns, type Frame } from './columns.ts';
import { corrupt } from './corrupt.ts';
import { columnsOf } from './frame.ts';
import { layoutOf, textsOf } from './layout.ts';
import { readLayoutChange, writeLayoutChange } from './layout-change.ts';
import { codeColumns } from './predict.ts';

/**
 * One bucket of one sample as bytes, coded against a reference frame that the reader has too:
 *
 *     time, layout change, columns, and without a reference (a keyframe): expected growth per hour
 */
export interface PackedFrame {
  readonly content: Uint8Array;
  readonly frame: Frame;
}

const HOUR_MS = 3_600_000;

/** @param trend for a keyframe: an earlier frame, from which the growth is learnt; null when nothing is known */
export function packFrame(part: BucketPart, reference: Frame | null, trend: Frame | null = null): PackedFrame {
  const known = reference ?? EMPTY_FRAME;
  const layout = layoutOf(textsOf(part), known.layout);
  const columns = columnsOf(part, layout);
  const writer = byteWriter();
  writer.near(part.atMs, known.atMs);
  writeLayoutChange(writer, known.layout, layout);
  codeColumns(columns, layout, part.atMs, known, (value, prediction) => {
    writer.near(value, prediction);
    return value;
  });
  const frame = { atMs: part.atMs, layout, columns };
  learnGrowth(frame, reference ?? trend);
  if (reference === null) for (const perHour of columns.logEndPerHour) writer.unsigned(perHour);
  return { content: writer.finish(), frame };
}

/** The frame again. Throws STORE_CORRUPT for bytes that can't have been packed against this reference. */
export function unpackFrame(content: Uint8Array, reference: Frame | null): Frame {
  const reader = byteReader(content);
  try {
    return read(reader, reference);
  } catch (cause) {
    throw cause instanceof SluicegateError ? cause : corrupt('can not be read', cause);
  }
}

function read(reader: ByteReader, reference: Frame | null): Frame {
  const known = reference ?? EMPTY_FRAME;
  const atMs = reader.near(known.atMs);
  const layout = readLayoutChange(reader, known.layout);
  const columns = emptyColumns(layout.cells);
  codeColumns(columns, layout, atMs, known, (_, prediction) => reader.near(prediction));
  const frame = { atMs, layout, columns };
  if (reference !== null) learnGrowth(frame, reference);
  else readGrowth(columns, reader);
  reader.finish();
  return frame;
}

function readGrowth({ logEndPerHour }: Columns, reader: ByteReader): void {
  for (let cell = 0; cell < logEndPerHour.length; cell += 1) logEndPerHour[cell] = reader.unsigned();
}

/** How fast each log grew since an earlier frame. One that was not there, or was empty, has nothing to tell. */
function learnGrowth({ atMs, layout, columns: { logEnd, logEndPerHour } }: Frame, earlier: Frame | null): void {
  if (earlier === null || atMs <= earlier.atMs) return;
  const hours = (atMs - earlier.atMs) / HOUR_MS;
  const before = alignedColumns(earlier, layout).logEnd;
  for (let cell = 0; cell < logEnd.length; cell += 1) {
    const [from, to] = [before[cell] ?? 0, logEnd[cell] ?? 0];
    const perHour = from > 0 && to > from ? Math.round((to - from) / hours) : 0;
    logEndPerHour[cell] = Math.min(Number.MAX_SAFE_INTEGER, perHour);
  }
}
