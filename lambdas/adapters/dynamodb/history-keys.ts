import type { Key } from './item.ts';

/** Slots and offsets in sort keys have the same number of digits, so that text sorts as numbers do. */
const SLOT_DIGITS = 16;

const HOUR_MS = 3_600_000;

export const slotsPartition = (cluster: string): string => `slots#${cluster}`;

/** Of a bound between two slots: that of the millisecond that it falls into. */
export const slotSort = (slotMs: number): string => `${Math.max(0, Math.floor(slotMs))}`.padStart(SLOT_DIGITS, '0');

/** After every slot. */
export const SLOT_SORT_END = '9'.repeat(SLOT_DIGITS);

export interface FrameItem {
  readonly cluster: string;
  readonly slotMs: number;
  readonly bucket: number;
  readonly id: string;
  readonly item: number;
}

/** An hour of a cluster is one partition: what is read together is stored together, and load moves on by itself. */
export const frameKey = ({ cluster, slotMs, bucket, id, item }: FrameItem): Key => ({
  partition: `frames#${Math.floor(slotMs / HOUR_MS)}#${cluster}`,
  sort: `${slotMs}#${bucket}#${id}#${item}`,
});
