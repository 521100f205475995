import type { ClusterSnapshot } from '../core/cluster/snapshot.ts';
import { SluicegateError } from '../core/errors.ts';
import type { HistoryStore } from '../core/ports/history-store.ts';
import { markerOf, type OffsetMarker } from '../core/release/offset-marker.ts';
import type { GateDependencies } from './gate.ts';

/** Snapshots of one group, oldest first. @param fromMs inclusive */
export async function groupSnapshots(
  history: HistoryStore,
  { cluster, group, fromMs }: { readonly cluster: string; readonly group: string; readonly fromMs: number },
): Promise<readonly ClusterSnapshot[]> {
  const snapshots: ClusterSnapshot[] = [];
  for await (const { snapshot } of history.readGroup({ cluster, group, afterSlotMs: fromMs - 1 })) {
    snapshots.push(snapshot);
  }
  return snapshots;
}

/**
 * The group's offsets, out of a reading that began after this was called. Throws SNAPSHOT_FAILED when none could be
 * taken, RELEASE_REFUSED when it does not show the group.
 */
export async function freshMarker(
  { freshReading, history, clock }: Pick<GateDependencies, 'freshReading' | 'history' | 'clock'>,
  { cluster, group }: { readonly cluster: string; readonly group: string },
): Promise<OffsetMarker> {
  // An odd millisecond: every schedule has whole seconds, so that nobody else's reading can lie there.
  const nowMs = clock.nowMs();
  const slotMs = nowMs + ((nowMs + 1) % 2);
  await freshReading.take({ cluster, slotMs });
  const range = { cluster, group, afterSlotMs: slotMs - 1, untilSlotMs: slotMs };
  for await (const { snapshot } of history.readGroup(range)) {
    const marker = markerOf(snapshot, group);
    if (marker !== null) return marker;
    throw new SluicegateError(
      'RELEASE_REFUSED',
      `a reading of ${cluster} does not show the group "${group}": ${whyAbsent(snapshot)}`,
    );
  }
  throw new SluicegateError(
    'SNAPSHOT_FAILED',
    `the reading of ${cluster} for "${group}" was taken, but is not in the history`,
  );
}

const whyAbsent = ({ failures }: ClusterSnapshot): string =>
  failures.length === 0
    ? 'it does not exist there, or the configuration leaves it out'
    : failures.map(({ message }) => message).join('; ');
