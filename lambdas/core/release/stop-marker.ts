import type { GroupSnapshot } from '../cluster/group.ts';
import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import { markerOf, type OffsetMarker } from './offset-marker.ts';

/** How far the search for the moment between two versions has come: plain data, kept with the ledger's checkpoint. */
export interface StopMarkerSearch {
  /** The last reading that showed nobody; null before the first. */
  readonly marker: OffsetMarker | null;
  /** Somebody came after that: the search is over. */
  readonly isOver: boolean;
}

export const STOP_MARKER_UNKNOWN: StopMarkerSearch = { marker: null, isOver: false };

/**
 * Where the old version ended, for a release of strategy `stop`: the last reading with the group Empty before the first
 * member came. A marker taken at the request is too early while the old version still reads.
 */
export function searchStopMarker(
  search: StopMarkerSearch,
  snapshot: ClusterSnapshot,
  groupId: string,
): StopMarkerSearch {
  const group = snapshot.groups.get(groupId);
  if (search.isOver || group === undefined) return search;
  if (isEmpty(group)) return { marker: markerOf(snapshot, groupId), isOver: false };
  return search.marker !== null && hasMembers(group) ? { ...search, isOver: true } : search;
}

const isEmpty = ({ state, members }: GroupSnapshot): boolean => state === 'Empty' && members?.length === 0;

const hasMembers = ({ members }: GroupSnapshot): boolean => (members?.length ?? 0) > 0;
