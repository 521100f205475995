import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startScheduler } from '../../local/scheduler.ts';

const clock = { nowMs: () => Date.now() };

beforeEach(() => void vi.useFakeTimers({ now: 12_300 }));
afterEach(() => void vi.useRealTimers());

test('runs the present slot at once, and then each at its whole multiple of the interval', async () => {
  const slots: number[] = [];
  const scheduler = startScheduler({ intervalMs: 5_000, clock, run: async (slotMs) => void slots.push(slotMs) });
  await vi.advanceTimersByTimeAsync(13_000);
  await scheduler.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(slots).toEqual([10_000, 15_000, 20_000, 25_000]);
});

test('a slot that comes while the last is under way is left out', async () => {
  const slots: number[] = [];
  const run = async (slotMs: number) => {
    slots.push(slotMs);
    await new Promise((resolve) => setTimeout(resolve, 7_000));
  };
  const scheduler = startScheduler({ intervalMs: 5_000, clock, run });
  await vi.advanceTimersByTimeAsync(18_000);
  const stopped = scheduler.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  expect(slots).toEqual([10_000, 20_000, 30_000]);
});

test('stopping waits for the slot under way', async () => {
  let ended = false;
  const run = async () => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    ended = true;
  };
  const scheduler = startScheduler({ intervalMs: 5_000, clock, run });
  await vi.advanceTimersByTimeAsync(1_000);
  const stopped = scheduler.stop();
  await vi.advanceTimersByTimeAsync(2_000);
  await stopped;
  expect(ended).toBe(true);
});
