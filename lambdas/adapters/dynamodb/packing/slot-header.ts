import { byteReader } from '../../../core/bytes/byte-reader.ts';
import { byteWriter } from '../../../core/bytes/byte-writer.ts';

/**
 * What says that a slot's sample is there: written last, and once. A bucket's item counts only if it is named here, so
 * that what a writer left undone, or lost to another, is never read.
 */
export interface SlotHeader {
  readonly slotMs: number;
  /** By bucket. */
  readonly buckets: readonly BucketEntry[];
}

/** One bucket's frame, and what the next writer must know to go on from it. */
export interface BucketEntry {
  /** The sealed frame's id. */
  readonly id: string;
  /** How many items it is spread over. */
  readonly items: number;
  /** The slot of the frame that it is coded against; null for a keyframe. */
  readonly parentSlotMs: number | null;
  readonly trail: Trail;
}

/** The frames since the keyframe, as far as the next choice depends on them. */
export interface Trail {
  readonly keyframeSlotMs: number;
  readonly keyframeBytes: number;
  /** The last frame that stands in for the keyframe; at first the keyframe itself. */
  readonly anchorSlotMs: number;
  readonly framesSinceAnchor: number;
  /** The smallest frame since the keyframe, and by how much all the others were larger than the smallest. */
  readonly leastBytes: number;
  readonly excessBytes: number;
}

const ID_BYTES = 8;

export function packSlotHeader({ slotMs, buckets }: SlotHeader): Uint8Array {
  const writer = byteWriter();
  writer.unsigned(slotMs);
  writer.unsigned(buckets.length);
  for (const { id, items, parentSlotMs, trail } of buckets) {
    writer.raw(Buffer.from(id, 'base64url'));
    writer.unsigned(items);
    writer.unsigned(parentSlotMs === null ? 0 : slotMs - parentSlotMs);
    writer.unsigned(slotMs - trail.keyframeSlotMs);
    writer.unsigned(trail.keyframeBytes);
    writer.unsigned(slotMs - trail.anchorSlotMs);
    writer.unsigned(trail.framesSinceAnchor);
    writer.unsigned(trail.leastBytes);
    writer.unsigned(trail.excessBytes);
  }
  return writer.finish();
}

export function unpackSlotHeader(content: Uint8Array): SlotHeader {
  const reader = byteReader(content);
  const slotMs = reader.unsigned();
  const buckets = Array.from({ length: reader.unsigned() }, (): BucketEntry => {
    const id = Buffer.from(reader.raw(ID_BYTES)).toString('base64url');
    const items = reader.unsigned();
    const sinceParentMs = reader.unsigned();
    return {
      id,
      items,
      parentSlotMs: sinceParentMs === 0 ? null : slotMs - sinceParentMs,
      trail: {
        keyframeSlotMs: slotMs - reader.unsigned(),
        keyframeBytes: reader.unsigned(),
        anchorSlotMs: slotMs - reader.unsigned(),
        framesSinceAnchor: reader.unsigned(),
        leastBytes: reader.unsigned(),
        excessBytes: reader.unsigned(),
      },
    };
  });
  reader.finish();
  return { slotMs, buckets };
}
