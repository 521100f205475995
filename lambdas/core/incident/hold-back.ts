import { isWatched, type LedgerEntry } from '../release/ledger-entry.ts';
import type { IncidentKind } from './incident.ts';

/**
 * What a deployment brings with it: a gap, partitions that wait for their next owner, a rebalance or several, and the
 * backlog of all that. Lost, skipped and repeated messages are no part of it.
 */
const EXPECTED: readonly IncidentKind[] = ['STOPPED', 'STALLED', 'FALLING_BEHIND', 'REBALANCE_STORM'];

/** Whether a problem of a group that is so old is what its open release explains, and is not to be told yet. */
export type HoldBack = (problem: {
  readonly group: string;
  readonly kind: IncidentKind | null;
  readonly openedAtMs: number;
}) => boolean;

/** What the releases under way at an instant hold back: it is told once they are over, if it stayed. */
export function heldBackBy(open: readonly LedgerEntry[], atMs: number): HoldBack {
  const startedAtMs = new Map(
    open.filter((entry) => isWatched(entry, atMs)).map(({ release }) => [release.group, release.startedAtMs]),
  );
  return ({ group, kind, openedAtMs }) => {
    const sinceMs = startedAtMs.get(group);
    return sinceMs !== undefined && openedAtMs >= sinceMs && kind !== null && EXPECTED.includes(kind);
  };
}
