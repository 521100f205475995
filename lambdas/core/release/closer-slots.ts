/** While a release is open, its cluster is read so often: the gate's hard limits are shorter than two minutes. */
const READINGS_PER_GRID_STEP = 4;

/**
 * The slots of the closer readings that follow a scheduled one: within one step of the grid, before the next scheduled
 * slot. Statistics and statuses go by the scheduled ones alone.
 *
 * @example closerSlots({ slotMs: 0, gridMs: 60_000, sampleIntervalMs: 60_000 }) // 15 s, 30 s and 45 s
 */
export function closerSlots({
  slotMs,
  gridMs,
  sampleIntervalMs,
}: {
  readonly slotMs: number;
  readonly gridMs: number;
  readonly sampleIntervalMs: number;
}): readonly number[] {
  const everyMs = Math.ceil(gridMs / READINGS_PER_GRID_STEP);
  const slots = Array.from({ length: READINGS_PER_GRID_STEP - 1 }, (_, index) => slotMs + (index + 1) * everyMs);
  return slots.filter((slot) => slot < slotMs + sampleIntervalMs);
}

/** Whether a slot is a scheduled one: schedules go by the clock, in whole multiples of their interval. */
export const isScheduled = (slotMs: number, sampleIntervalMs: number): boolean => slotMs % sampleIntervalMs === 0;
