import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/ports/clock.ts';
import type { ReleaseLedger } from '../core/ports/release-ledger.ts';
import { closerSlots } from '../core/release/closer-slots.ts';
import { isWatched } from '../core/release/ledger-entry.ts';
import type { SnapshotOutcome } from './take-snapshot.ts';

export interface CloserReadings {
  readonly ledger: Pick<ReleaseLedger, 'readOpen'>;
  readonly clock: Clock;
  /** How often the clusters are read by their schedules, and the grid of the gate's statistics. */
  readonly sampleIntervalMsOf: (cluster: string) => number;
  readonly gridMs: number;
}

export interface CloserTask {
  readonly cluster: string;
  /** The scheduled slot. */
  readonly slotMs: number;
  readonly remainingMs: () => number;
  readonly take: (slot: { readonly slotMs: number; readonly deadlineMs: number }) => Promise<SnapshotOutcome>;
  readonly warn: (message: string, fields: object) => void;
}

/** Kept back from the end of the invocation, and from the next slot: for storing what was read. */
const RESERVE_MS = 2_000;

/**
 * While a release is open on the cluster, reads it again within the same invocation, up to the next scheduled slot. One
 * look at the ledger tells. A reading that fails costs that reading only: the scheduled one is what the invocation
 * answers for. Gives how many were taken.
 */
export async function takeCloserSnapshots(
  { ledger, clock, sampleIntervalMsOf, gridMs }: CloserReadings,
  { cluster, slotMs, remainingMs, take, warn }: CloserTask,
): Promise<number> {
  const sampleIntervalMs = sampleIntervalMsOf(cluster);
  const slots = closerSlots({ slotMs, gridMs, sampleIntervalMs });
  let taken = 0;
  try {
    const open = await ledger.readOpen(cluster);
    if (!open.some((entry) => isWatched(entry, clock.nowMs()))) return 0;
    const stepMs = (slots[0] ?? slotMs) - slotMs;
    for (const [index, slot] of slots.entries()) {
      const nextMs = slots[index + 1] ?? slotMs + Math.min(gridMs, sampleIntervalMs);
      const waitMs = slot - clock.nowMs();
      // Too late for this one: the reading before took its time.
      if (waitMs < -stepMs / 2) continue;
      if (remainingMs() < waitMs + 2 * RESERVE_MS) break;
      await sleep(Math.max(0, waitMs));
      const reserveMs = Math.min(RESERVE_MS, stepMs / 4);
      const deadlineMs = Math.min(nextMs - clock.nowMs(), remainingMs()) - reserveMs;
      if (deadlineMs <= 0) continue;
      await take({ slotMs: slot, deadlineMs });
      taken += 1;
    }
  } catch (error) {
    warn('closer readings for a release stopped', { cluster, error });
  }
  return taken;
}
