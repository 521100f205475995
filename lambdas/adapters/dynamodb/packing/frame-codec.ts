import { type ByteReader, byteReader } from '../../../core/bytes/byte-reader.ts';
import { byteWriter } from '../../../core/bytes/byte-writer.ts';
import { corrupt } from '../../../core/bytes/corrupt.ts';
import { SluicegateError } from '../../../core/errors.ts';
import { absenceOf } from './absence.ts';
import type { BucketPart } from './buckets.ts';
import { alignedColumns, EMPTY_FRAME, type Frame } from './columns.ts';
import { columnsOf } from './frame.ts';
import { layoutOf } from './layout.ts';
import { readLayoutChange, writeLayoutChange } from './layout-change.ts';
import { codeColumns, type FrameHead } from './predict.ts';

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
  const layout = layoutOf(part, known.layout);
  const head: FrameHead = { atMs: part.atMs, layout, absent: absenceOf(part, layout) };
  const values = columnsOf(part, layout);
  const writer = byteWriter();
  writer.near(part.atMs, known.atMs);
  writeLayoutChange(writer, known.layout, layout, head.absent);
  const columns = codeColumns(head, known, ({ name, expected, codes, bit }) => {
    const column = values[name];
    writer.nearColumn(column, expected, { codes, bit });
    return column;
  });
  const frame = { ...head, columns, spanMs: part.atMs - known.atMs };
  if (reference !== null) return { content: writer.finish(), frame };
  const perHour = growthPerHour(frame, trend);
  for (const messages of perHour) writer.unsigned(messages);
  return { content: writer.finish(), frame: grownBy(frame, perHour) };
}

/** The frame again. Throws STORE_CORRUPT for bytes that can't have been packed against this reference. */
export function unpackFrame(content: Uint8Array, reference: Frame | null): Frame {
  const reader = byteReader(content);
  try {
    const frame = readFrame(reader, reference);
    reader.finish();
    return frame;
  } catch (cause) {
    throw cause instanceof SluicegateError ? cause : corrupt('can not be read', cause);
  }
}

function readFrame(reader: ByteReader, reference: Frame | null): Frame {
  const known = reference ?? EMPTY_FRAME;
  const atMs = reader.near(known.atMs);
  const head: FrameHead = { atMs, ...readLayoutChange(reader, known.layout) };
  const columns = codeColumns(head, known, ({ expected, codes, bit }) => {
    reader.nearColumn(expected, { codes, bit });
    return expected;
  });
  const frame = { ...head, columns, spanMs: atMs - known.atMs };
  if (reference !== null) return frame;
  return grownBy(frame, columns.logEnd.map(reader.unsigned));
}

/** How fast each log grew since an earlier frame. One that was not there, or was empty, has nothing to tell. */
function growthPerHour({ atMs, layout, columns: { logEnd } }: Frame, earlier: Frame | null): Float64Array {
  const hours = earlier === null ? 0 : (atMs - earlier.atMs) / HOUR_MS;
  if (earlier === null || hours <= 0) return new Float64Array(logEnd.length);
  const before = alignedColumns(earlier, layout).logEnd;
  return logEnd.map((to, cell) => {
    const from = before[cell] ?? 0;
    return from > 0 && to > from ? Math.min(to, Math.round((to - from) / hours)) : 0;
  });
}

/** A keyframe has no frame before it; it says instead where the log ends would have been an hour ago. */
function grownBy(frame: Frame, perHour: Float64Array): Frame {
  const logEndBefore = frame.columns.logEnd.map((end, cell) => end - (perHour[cell] ?? 0));
  return { ...frame, columns: { ...frame.columns, logEndBefore }, spanMs: HOUR_MS };
}
