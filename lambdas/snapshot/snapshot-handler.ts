import * as z from 'zod';
import { defineHandler, type Handler } from '../adapters/lambda/define-handler.ts';
import type { ClusterReader } from '../core/ports/cluster-reader.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import { type CloserReadings, takeCloserSnapshots } from './take-closer-snapshots.ts';
import { type SnapshotOutcome, takeSnapshot } from './take-snapshot.ts';

export interface SnapshotDependencies extends CloserReadings {
  /** Throws CLUSTER_UNKNOWN for a name that the configuration lacks. */
  readonly readerOf: (cluster: string) => Promise<ClusterReader>;
  readonly history: HistoryStore;
}

/**
 * What EventBridge Scheduler sends: the cluster and its scheduled time, which is the sample's slot. `fresh`: the gate
 * waits for just this reading, for an offset marker.
 */
const scheduledReading = z.strictObject({
  cluster: z.string().min(1),
  slot: z.iso.datetime({ offset: true }),
  fresh: z.literal(true).optional(),
});

/** Kept back from the deadline for packing and writing what was read. */
const STORE_RESERVE_MS = 5_000;
/** A healthy cluster answers in well under a second; longer than this and the rest is worth more than the wait. */
const READ_AT_MOST_MS = 20_000;

/** Schedule → one reading of one cluster → history; and closer ones after it while a release is open. */
export const snapshotHandler = ({ readerOf, history, ...closer }: SnapshotDependencies): Handler<SnapshotOutcome> =>
  defineHandler(scheduledReading, async ({ cluster, slot, fresh }, { log, remainingMs }) => {
    const reader = await readerOf(cluster);
    const deadlineMs = Math.min(READ_AT_MOST_MS, Math.max(1_000, remainingMs() - STORE_RESERVE_MS));
    const slotMs = Date.parse(slot);
    const take = (at: { readonly slotMs: number; readonly deadlineMs: number }) =>
      takeSnapshot({ reader, history }, { ...at, atMs: closer.clock.nowMs() });
    const outcome = await take({ slotMs, deadlineMs });
    log.info('snapshot', { ...outcome });
    if (fresh) return outcome;
    const warn = (message: string, fields: object) => log.warn(message, { ...fields });
    const closerReadings = await takeCloserSnapshots(closer, { cluster, slotMs, remainingMs, take, warn });
    if (closerReadings > 0) log.info('closer readings for a release', { cluster, closerReadings });
    return outcome;
  });
