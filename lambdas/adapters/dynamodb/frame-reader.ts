import { corrupt } from '../../core/bytes/corrupt.ts';
import type { SluicegateError } from '../../core/errors.ts';
import { blobContent } from './blob.ts';
import { frameKey } from './history-keys.ts';
import type { Key } from './item.ts';
import type { Frame } from './packing/columns.ts';
import { unpackFrame } from './packing/frame-codec.ts';
import type { Layout } from './packing/layout.ts';
import type { BucketEntry, SlotHeader } from './packing/slot-header.ts';
import type { Table } from './table.ts';
import { damageIn } from './unreadable.ts';

/** One bucket of one slot. */
export interface FrameName {
  readonly cluster: string;
  readonly slotMs: number;
  readonly bucket: number;
}

/** A frame that can't be read back: it is damaged, or coded against one that is. */
export interface LostFrame {
  readonly why: SluicegateError;
  /** What its bucket held when it could last be read; null when that is not known. */
  readonly lastKnown: Layout | null;
}

export type FrameAt = (slotMs: number, bucket: number) => Frame | LostFrame;

export const isLost = (frame: Frame | LostFrame): frame is LostFrame => 'why' in frame;

/** For whom a lost frame is of no use. Throws why it is lost. */
export function wholeFrame(frame: Frame | LostFrame): Frame {
  if (isLost(frame)) throw frame.why;
  return frame;
}

/** Unpacks frames together with those that they are coded against, and remembers the last few of each bucket. */
export interface FrameReader {
  /**
   * The frames of these buckets in these slots, by slot and bucket.
   *
   * @param headers of the slots, and of every slot up to two hours before them
   */
  read(
    cluster: string,
    headers: ReadonlyMap<number, SlotHeader>,
    wanted: readonly Omit<FrameName, 'cluster'>[],
  ): Promise<FrameAt>;

  /** A frame that is in memory. */
  recall(name: FrameName, id: string): Frame | undefined;

  /** Keeps a frame that was written just now. */
  remember(name: FrameName, id: string, frame: Frame): void;
}

/** Enough for the last frame and the anchor, also when two writers take turns. */
const REMEMBERED_PER_BUCKET = 4;

export function frameReader(table: Table): FrameReader {
  /** By bucket, by frame, in the order of their last use. */
  const remembered = new Map<string, Map<string, Frame>>();

  function recall(name: FrameName, id: string): Frame | undefined {
    const frames = remembered.get(bucketId(name));
    const frame = frames?.get(frameId(name, id));
    if (frame !== undefined) {
      frames?.delete(frameId(name, id));
      frames?.set(frameId(name, id), frame);
    }
    return frame;
  }

  function remember(name: FrameName, id: string, frame: Frame): void {
    const frames = remembered.get(bucketId(name)) ?? new Map<string, Frame>();
    remembered.set(bucketId(name), frames.set(frameId(name, id), frame));
    const [oldest] = frames.keys();
    if (frames.size > REMEMBERED_PER_BUCKET && oldest !== undefined) frames.delete(oldest);
  }

  return {
    recall,
    remember,
    async read(cluster, headers, wanted) {
      const frames = new Map<string, Frame | LostFrame>();
      const missing = new Map<string, Missing>();
      for (const { slotMs, bucket } of wanted) {
        for (let name: FrameName | null = { cluster, slotMs, bucket }; name !== null; ) {
          const entry: BucketEntry | undefined = headers.get(name.slotMs)?.buckets[bucket];
          if (entry === undefined) break;
          const key = frameId(name, entry.id);
          const known = frames.get(key) ?? recall(name, entry.id);
          if (known !== undefined) frames.set(key, known);
          if (known !== undefined || missing.has(key)) break;
          missing.set(key, { name, entry, keys: keysOf(name, entry) });
          name = entry.parentSlotMs === null ? null : { cluster, slotMs: entry.parentSlotMs, bucket };
        }
      }
      const found = await table.getAll([...missing.values()].flatMap(({ keys }) => keys));
      const isKept = keptIn(headers, wanted);
      // Bucket by bucket, so that what only others are coded against is let go once its bucket is done.
      const inOrder = [...missing].sort(
        ([, { name: a }], [, { name: b }]) => a.bucket - b.bucket || a.slotMs - b.slotMs,
      );
      let behind: string[] = [];
      for (const [nth, [key, { name, entry, keys }]] of inOrder.entries()) {
        const parent =
          entry.parentSlotMs === null ? null : frameIn(frames, headers, { ...name, slotMs: entry.parentSlotMs });
        try {
          const content = blobContent('frame', found, { keys, id: entry.id });
          const frame = unpackFrame(content, parent && wholeFrame(parent));
          frames.set(key, frame);
          if (isKept(name)) remember(name, entry.id, frame);
          else behind.push(key);
        } catch (cause) {
          frames.set(key, { why: damageIn(cause), lastKnown: parent && lastKnownOf(parent) });
        }
        if (inOrder[nth + 1]?.[1].name.bucket === name.bucket) continue;
        for (const left of behind) frames.delete(left);
        behind = [];
      }
      return (slotMs, bucket) => frameIn(frames, headers, { cluster, slotMs, bucket });
    },
  };
}

interface Missing {
  readonly name: FrameName;
  readonly entry: BucketEntry;
  readonly keys: readonly Key[];
}

/** Which frames are of use afterwards: those that are asked for, and the anchors that the next ones may be coded against. */
function keptIn(
  headers: ReadonlyMap<number, SlotHeader>,
  wanted: readonly Omit<FrameName, 'cluster'>[],
): (name: FrameName) => boolean {
  const kept = new Set<string>();
  for (const { slotMs, bucket } of wanted) {
    kept.add(`${slotMs} ${bucket}`);
    kept.add(`${headers.get(slotMs)?.buckets[bucket]?.trail.anchorSlotMs} ${bucket}`);
  }
  return ({ slotMs, bucket }) => kept.has(`${slotMs} ${bucket}`);
}

const bucketId = ({ cluster, bucket }: FrameName): string => `${bucket} ${cluster}`;

/** With its bucket: two buckets may hold the same content. With its slot: the same content may have another parent. */
const frameId = ({ slotMs, bucket }: FrameName, id: string): string => `${slotMs} ${bucket} ${id}`;

const lastKnownOf = (frame: Frame | LostFrame): Layout | null => (isLost(frame) ? frame.lastKnown : frame.layout);

function frameIn(
  frames: ReadonlyMap<string, Frame | LostFrame>,
  headers: ReadonlyMap<number, SlotHeader>,
  name: FrameName,
): Frame | LostFrame {
  const { cluster, slotMs, bucket } = name;
  const entry = headers.get(slotMs)?.buckets[bucket];
  if (entry === undefined) {
    return { why: corrupt(`(the header of slot ${slotMs} of cluster "${cluster}") is missing`), lastKnown: null };
  }
  const frame = frames.get(frameId(name, entry.id));
  if (frame === undefined) throw new Error(`invariant: frame ${slotMs}/${bucket} was not asked for`);
  return frame;
}

const keysOf = (name: FrameName, { id, items }: BucketEntry): Key[] =>
  Array.from({ length: items }, (_, item) => frameKey({ ...name, id, item }));
