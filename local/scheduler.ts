import type { Clock } from '../lambdas/core/ports/clock.ts';

export interface Scheduler {
  /** No new slot starts; resolves once the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * Calls `run` once a slot, as EventBridge Scheduler does: the slot is a whole multiple of the interval. The present
 * slot runs at once. A slot that comes while the last is still under way is left out, so that a slow cluster is never
 * asked twice at a time.
 */
export function startScheduler({
  intervalMs,
  clock,
  run,
}: {
  readonly intervalMs: number;
  readonly clock: Clock;
  readonly run: (slotMs: number) => Promise<void>;
}): Scheduler {
  let underWay: Promise<void> | null = null;
  let lastSlotMs = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout;
  const runSlot = (slotMs: number) => {
    // A timer may fire a moment early, and its slot must not run twice.
    if (slotMs <= lastSlotMs || underWay !== null) return;
    lastSlotMs = slotMs;
    underWay = run(slotMs).finally(() => {
      underWay = null;
    });
  };
  const awaitNext = () => {
    timer = setTimeout(
      () => {
        runSlot(Math.round(clock.nowMs() / intervalMs) * intervalMs);
        awaitNext();
      },
      intervalMs - (clock.nowMs() % intervalMs),
    );
  };
  runSlot(Math.floor(clock.nowMs() / intervalMs) * intervalMs);
  awaitNext();
  return {
    stop: async () => {
      clearTimeout(timer);
      await underWay;
    },
  };
}
