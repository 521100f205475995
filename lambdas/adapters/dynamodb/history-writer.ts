import type { Clock } from '../../core/ports/clock.ts';
import type { Sample } from '../../core/ports/history-store.ts';
import { blobItems, itemsOf } from './blob.ts';
import { type FrameAt, type FrameReader, wholeFrame } from './frame-reader.ts';
import { frameKey } from './history-keys.ts';
import { bucketCountFor, splitSnapshot } from './packing/buckets.ts';
import type { Frame } from './packing/columns.ts';
import { type Sealed, seal } from './packing/envelope.ts';
import { packFrame } from './packing/frame-codec.ts';
import type { BucketEntry, SlotHeader } from './packing/slot-header.ts';
import { type FramePlan, KEYFRAME_EVERY_MS, planFrame, trailAfter } from './packing/trail.ts';
import { newestSlot, OUTLIVES_S, readSlots, writeSlot } from './slots.ts';
import type { Table } from './table.ts';
import { damageIn, warnOfUnreadable } from './unreadable.ts';

export interface HistoryWriterParts {
  readonly table: Table;
  readonly frames: FrameReader;
  readonly clock: Clock;
  readonly retentionMs: number;
}

/** One bucket, packed and ready to be written. */
interface PackedBucket {
  readonly sealed: Sealed;
  readonly frame: Frame;
  readonly entry: BucketEntry;
}

/**
 * Writes one sample: first the frames, which nobody reads without a header, then the header, on condition that the
 * slot has none. Frames carry their content's digest in their keys: rivals for a slot never write to the same item.
 */
export async function writeSample(
  parts: HistoryWriterParts,
  { slotMs, snapshot }: Sample,
): Promise<'stored' | 'alreadyStored'> {
  const { table, frames, retentionMs } = parts;
  const { cluster } = snapshot;
  const newest = await newestSlot(table, cluster, slotMs);
  if (newest?.slotMs === slotMs) return 'alreadyStored';
  const recent = newest !== null && slotMs - newest.slotMs < KEYFRAME_EVERY_MS ? newest : null;
  const count = bucketCountFor(snapshot, recent?.buckets.length ?? null);
  const packed = await packedAfter(
    recent?.buckets.length === count ? recent : null,
    parts,
    { slotMs, snapshot },
    count,
  );
  const expiresAtS = Math.ceil((slotMs + retentionMs) / 1_000);
  const items = packed.flatMap(({ sealed }, bucket) => {
    const keyOf = (item: number) => frameKey({ cluster, slotMs, bucket, id: sealed.id, item });
    return blobItems(sealed, keyOf, expiresAtS + OUTLIVES_S);
  });
  await table.putAll(items);
  const header = { slotMs, buckets: packed.map(({ entry }) => entry) };
  if (!(await writeSlot(table, cluster, header, expiresAtS))) return 'alreadyStored';
  for (const [bucket, { sealed, frame }] of packed.entries()) {
    frames.remember({ cluster, slotMs, bucket }, sealed.id, frame);
  }
  return 'stored';
}

/** Against what was written last, or, when that can't be read, against nothing: damage ends with the next sample. */
async function packedAfter(
  basis: SlotHeader | null,
  parts: HistoryWriterParts,
  sample: Sample,
  count: number,
): Promise<PackedBucket[]> {
  const { slotMs, snapshot } = sample;
  const plans = Array.from({ length: count }, (_, bucket) => planFor(slotMs, bucket, basis, count));
  if (basis === null) return packBuckets(sample, plans, null, null);
  try {
    return packBuckets(sample, plans, basis, await framesBehind(parts, snapshot.cluster, basis, plans));
  } catch (cause) {
    warnOfUnreadable({ cluster: snapshot.cluster, slotMs: basis.slotMs }, damageIn(cause));
    return packedAfter(null, parts, sample, count);
  }
}

function planFor(slotMs: number, bucket: number, basis: SlotHeader | null, bucketCount: number): FramePlan {
  const trail = basis?.buckets[bucket]?.trail;
  return planFrame({ slotMs, bucket, bucketCount }, basis && trail ? { slotMs: basis.slotMs, trail } : null);
}

/** The last frame of every bucket, and the anchors that are asked for. Usually they are in memory. */
async function framesBehind(
  { table, frames, clock }: HistoryWriterParts,
  cluster: string,
  basis: SlotHeader,
  plans: readonly FramePlan[],
): Promise<FrameAt> {
  const last = basis.buckets.map(({ id }, bucket) => ({ slotMs: basis.slotMs, bucket, id }));
  const anchors = plans.flatMap((plan, bucket) =>
    plan.kind === 'anchor' ? [{ slotMs: plan.parentSlotMs, bucket }] : [],
  );
  const headers = new Map<number, SlotHeader>([[basis.slotMs, basis]]);
  const inMemory = last.every(({ id, ...name }) => frames.recall({ cluster, ...name }, id) !== undefined);
  if (!inMemory || anchors.length > 0) {
    const range = { cluster, fromMs: basis.slotMs - KEYFRAME_EVERY_MS, untilMs: basis.slotMs, nowMs: clock.nowMs() };
    for await (const header of readSlots(table, range)) headers.set(header.slotMs, header);
  }
  return frames.read(cluster, headers, [...anchors, ...last]);
}

function packBuckets(
  { slotMs, snapshot }: Sample,
  plans: readonly FramePlan[],
  basis: SlotHeader | null,
  frameAt: FrameAt | null,
): PackedBucket[] {
  const lastFrames = plans.map((_, bucket) => (basis && frameAt ? wholeFrame(frameAt(basis.slotMs, bucket)) : null));
  const topicsIn = lastFrames.map((frame, bucket) => {
    const kept = plans[bucket]?.kind === 'keyframe' ? null : frame;
    return new Set(kept?.layout.topics.map(({ name }) => name));
  });
  const split = splitSnapshot(snapshot, plans.length, (bucket, topic) => topicsIn[bucket]?.has(topic) ?? false);
  return split.map((part, bucket) => {
    const plan = plans[bucket] ?? { kind: 'keyframe' };
    const parentSlotMs = plan.kind === 'keyframe' ? null : plan.parentSlotMs;
    const parent = parentSlotMs === null || frameAt === null ? null : wholeFrame(frameAt(parentSlotMs, bucket));
    const { content, frame } = packFrame(part, parent, lastFrames[bucket] ?? null);
    const sealed = seal('frame', content);
    const trail = trailAfter(plan, slotMs, sealed.bytes.length, basis?.buckets[bucket]?.trail ?? null);
    return { sealed, frame, entry: { id: sealed.id, items: itemsOf(sealed), parentSlotMs, trail } };
  });
}
