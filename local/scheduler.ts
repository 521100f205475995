import type { Clock } from '../lambdas/core/ports/clock.ts';

export interface Scheduler {
  /** No new slot starts; resolves once the one under way has ended. */
  stop(): Promise<void>;
}

/**
 * Calls `run` once a slot, as EventBridge Scheduler does: the slot is a whole multiple of the interval. A slot that
 * comes while the last is still under way is left out, so that a slow cluster is never asked twice at a time.
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
  const next = () => {
    const nowMs = clock.nowMs();
    timer = setTimeout(tick, intervalMs - (nowMs % intervalMs));
  };
  const tick = () => {
    // A timer may fire a moment early: rounding finds the slot it was meant for, and the next one must not be it again.
    const slotMs = Math.round(clock.nowMs() / intervalMs) * intervalMs;
    if (slotMs > lastSlotMs && underWay === null) {
      lastSlotMs = slotMs;
      underWay = run(slotMs).finally(() => {
        underWay = null;
      });
    }
    next();
  };
  next();
  return {
    stop: async () => {
      clearTimeout(timer);
      await underWay;
    },
  };
}
