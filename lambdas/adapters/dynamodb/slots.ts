import { TABLE_KEYS } from '../../contract.ts';
import { SLOT_SORT_END, slotSort, slotsPartition } from './history-keys.ts';
import { bodyOf, expiresAtSOf, type Item, keyOf, packedItem } from './item.ts';
import { seal, unseal } from './packing/envelope.ts';
import { packSlotHeader, type SlotHeader, unpackSlotHeader } from './packing/slot-header.ts';
import { KEYFRAME_EVERY_MS } from './packing/trail.ts';
import type { Table } from './table.ts';
import { damageIn, warnOfUnreadable } from './unreadable.ts';

/** Items stay this long after their sample has expired: younger ones may be coded against them. */
export const OUTLIVES_S = (2 * KEYFRAME_EVERY_MS) / 1_000;

/** A slot's header as it was found. */
export interface FoundSlot extends SlotHeader {
  /** Its sample has expired; others may still need its frames. */
  readonly expired: boolean;
}

/** The headers of one cluster from one slot to another, both inclusive, oldest first. */
export async function* readSlots(
  table: Table,
  { cluster, fromMs, untilMs, nowMs }: { cluster: string; fromMs: number; untilMs: number; nowMs: number },
): AsyncGenerator<FoundSlot> {
  const until = untilMs === Number.POSITIVE_INFINITY ? SLOT_SORT_END : slotSort(untilMs);
  for await (const item of table.query({ partition: slotsPartition(cluster), from: slotSort(fromMs), until })) {
    const header = headerIn(item, cluster);
    if (header !== null) yield { ...header, expired: expiresAtSOf(item) - OUTLIVES_S <= nowMs / 1_000 };
  }
}

/** The newest header up to a slot, inclusive; null when there is none, or none that can be read. */
export async function newestSlot(table: Table, cluster: string, untilMs: number): Promise<SlotHeader | null> {
  const range = { partition: slotsPartition(cluster), from: slotSort(0), until: slotSort(untilMs), last: 1 };
  for await (const item of table.query(range)) return headerIn(item, cluster);
  return null;
}

function headerIn(item: Item, cluster: string): SlotHeader | null {
  try {
    return unpackSlotHeader(unseal('slot header', bodyOf(item)));
  } catch (cause) {
    warnOfUnreadable({ cluster, slotMs: Number(keyOf(item).sort) }, damageIn(cause));
    return null;
  }
}

/** False when the slot has one; then nothing was written. */
export const writeSlot = (table: Table, cluster: string, header: SlotHeader, expiresAtS: number): Promise<boolean> =>
  table.putIf(
    packedItem(
      { partition: slotsPartition(cluster), sort: slotSort(header.slotMs) },
      seal('slot header', packSlotHeader(header)).bytes,
      expiresAtS + OUTLIVES_S,
    ),
    { expression: `attribute_not_exists(${TABLE_KEYS.partition})` },
  );
