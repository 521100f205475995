import { corrupt } from '../../core/bytes/corrupt.ts';
import { SluicegateError } from '../../core/errors.ts';
import { blobContent } from './blob.ts';
import { frameKey } from './history-keys.ts';
import type { Key } from './item.ts';
import type { Frame } from './packing/columns.ts';
import { unpackFrame } from './packing/frame-codec.ts';
import type { BucketEntry, SlotHeader } from './packing/slot-header.ts';
import type { Table } from './table.ts';
import { damageIn } from './unreadable.ts';

/** One bucket of one slot. */
export interface FrameName {
  readonly cluster: string;
  readonly slotMs: number;
  readonly bucket: number;
}

export type FrameAt = (slotMs: number, bucket: number) => Frame;

/** Unpacks frames together with those that they are coded against, and remembers the last few of each bucket. */
export interface FrameReader {
  /**
   * The frames of these buckets in these slots, by slot and bucket.
   *
   * A frame that is damaged, or coded against one that is, throws STORE_CORRUPT when it is asked for, and only then.
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
      const frames = new Map<string, Frame | SluicegateError>();
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
      const oldestFirst = [...missing].sort(([, a], [, b]) => a.name.slotMs - b.name.slotMs);
      for (const [key, { name, entry, keys }] of oldestFirst) {
        try {
          const parent = entry.parentSlotMs === null ? null : { ...name, slotMs: entry.parentSlotMs };
          const frame = unpackFrame(
            blobContent('frame', found, { keys, id: entry.id }),
            parent && frameIn(frames, headers, parent),
          );
          frames.set(key, frame);
          remember(name, entry.id, frame);
        } catch (cause) {
          frames.set(key, damageIn(cause));
        }
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

const bucketId = ({ cluster, bucket }: FrameName): string => `${bucket} ${cluster}`;

/** With its bucket: two buckets may hold the same content. With its slot: the same content may have another parent. */
const frameId = ({ slotMs, bucket }: FrameName, id: string): string => `${slotMs} ${bucket} ${id}`;

function frameIn(
  frames: ReadonlyMap<string, Frame | SluicegateError>,
  headers: ReadonlyMap<number, SlotHeader>,
  name: FrameName,
): Frame {
  const frame = frames.get(frameId(name, entryOf(headers, name).id));
  if (frame === undefined) throw new Error(`invariant: frame ${name.slotMs}/${name.bucket} was not asked for`);
  if (frame instanceof SluicegateError) throw frame;
  return frame;
}

function entryOf(headers: ReadonlyMap<number, SlotHeader>, { cluster, slotMs, bucket }: FrameName): BucketEntry {
  const entry = headers.get(slotMs)?.buckets[bucket];
  if (entry === undefined) throw corrupt(`(the header of slot ${slotMs} of cluster "${cluster}") is missing`);
  return entry;
}

const keysOf = (name: FrameName, { id, items }: BucketEntry): Key[] =>
  Array.from({ length: items }, (_, item) => frameKey({ ...name, id, item }));
