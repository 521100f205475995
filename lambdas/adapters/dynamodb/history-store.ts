import { snapshotOfGroup } from '../../core/cluster/one-group.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { HistoryRange, HistoryStore, Sample } from '../../core/ports/history-store.ts';
import { type FrameReader, frameReader, isLost } from './frame-reader.ts';
import { writeSample } from './history-writer.ts';
import { bucketOf } from './packing/buckets.ts';
import { snapshotOf } from './packing/frame.ts';
import type { SlotHeader } from './packing/slot-header.ts';
import { KEYFRAME_EVERY_MS } from './packing/trail.ts';
import { type FoundSlot, readSlots } from './slots.ts';
import type { Table } from './table.ts';
import { failuresOf, warnOfUnreadable } from './unreadable.ts';

/** Frames that are fetched at once: few enough to hold in memory, enough to fill a few requests. */
const FRAMES_PER_FETCH = 400;

/** History in DynamoDB, packed. docs/decisions/packed-history.md tells the form and its reasons. */
export function dynamoHistoryStore({
  table,
  clock,
  retentionMs,
}: {
  readonly table: Table;
  readonly clock: Clock;
  readonly retentionMs: number;
}): HistoryStore {
  const frames = frameReader(table);

  /** The samples of a range, each out of the buckets that `bucketsOf` names for its number of buckets. */
  async function* readBuckets(range: HistoryRange, { bucketsOf, toldPartly }: Wanted): AsyncGenerator<Sample> {
    const headers = new Map<number, SlotHeader>();
    let waiting: FoundSlot[] = [];
    for await (const slot of slotsOf(range)) {
      headers.set(slot.slotMs, slot);
      if (slot.slotMs <= range.afterSlotMs || slot.expired) continue;
      waiting.push(slot);
      if (waiting.length * bucketsOf(slot.buckets.length).length < FRAMES_PER_FETCH) continue;
      yield* unpacked(frames, { cluster: range.cluster, headers, slots: waiting, bucketsOf, toldPartly });
      waiting = [];
      for (const slotMs of headers.keys()) if (slotMs < slot.slotMs - KEYFRAME_EVERY_MS) headers.delete(slotMs);
    }
    yield* unpacked(frames, { cluster: range.cluster, headers, slots: waiting, bucketsOf, toldPartly });
  }

  function slotsOf({ cluster, afterSlotMs, untilSlotMs = Number.POSITIVE_INFINITY }: HistoryRange) {
    const nowMs = clock.nowMs();
    // What a frame is coded against may be so much older, and may have expired by itself.
    const fromMs = Math.max(afterSlotMs, nowMs - retentionMs) - KEYFRAME_EVERY_MS;
    return readSlots(table, { cluster, fromMs, untilMs: untilSlotMs, nowMs });
  }

  return {
    append: (sample) => writeSample({ table, frames, clock, retentionMs }, sample),
    read: (range) => {
      const bucketsOf = (count: number) => Array.from({ length: count }, (_, bucket) => bucket);
      return readBuckets(range, { bucketsOf, toldPartly: true });
    },
    async *readGroup({ group, ...range }) {
      const bucketsOf = (count: number) => [bucketOf(group, count)];
      for await (const { slotMs, snapshot } of readBuckets(range, { bucketsOf, toldPartly: false })) {
        yield { slotMs, snapshot: snapshotOfGroup(snapshot, group) };
      }
    },
  };
}

interface Wanted {
  readonly bucketsOf: (count: number) => readonly number[];
  /** A sample of which something is lost is told without it; otherwise it is left out. */
  readonly toldPartly: boolean;
}

interface Unpacking extends Wanted {
  readonly cluster: string;
  readonly headers: ReadonlyMap<number, SlotHeader>;
  readonly slots: readonly SlotHeader[];
}

async function* unpacked(
  frames: FrameReader,
  { cluster, headers, slots, bucketsOf, toldPartly }: Unpacking,
): AsyncGenerator<Sample> {
  const wanted = slots.flatMap(({ slotMs, buckets }) =>
    bucketsOf(buckets.length).map((bucket) => ({ slotMs, bucket })),
  );
  const frameAt = await frames.read(cluster, headers, wanted);
  for (const { slotMs, buckets } of slots) {
    const numbers = bucketsOf(buckets.length);
    const found = numbers.map((bucket) => frameAt(slotMs, bucket));
    const whole = found.flatMap((frame) => (isLost(frame) ? [] : [frame]));
    if (whole.length === found.length) {
      yield { slotMs, snapshot: snapshotOf(cluster, whole) };
      continue;
    }
    const lost = found.flatMap((frame, nth) => (isLost(frame) ? [{ ...frame, bucket: numbers[nth] ?? 0 }] : []));
    warnOfUnreadable({ cluster, slotMs, lost: lost.length, of: buckets.length }, lost[0]?.why);
    if (!toldPartly) continue;
    const { atMs, failures, ...rest } = snapshotOf(cluster, whole);
    const snapshot = { ...rest, atMs: whole.length > 0 ? atMs : slotMs, failures: [...failures, ...failuresOf(lost)] };
    yield { slotMs, snapshot, isPartial: true };
  }
}
