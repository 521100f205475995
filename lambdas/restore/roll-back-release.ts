import { SluicegateError } from '../core/errors.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { ClusterReader } from '../core/ports/cluster-reader.ts';
import type { OffsetWriter } from '../core/ports/offset-writer.ts';
import type { ReleaseLedger } from '../core/ports/release-ledger.ts';
import { type Asker, type RecordedRollback, rollbackMarkerOf } from '../core/release/ledger-entry.ts';
import type { OffsetMarker } from '../core/release/offset-marker.ts';
import type { ReleaseRollback } from '../core/rollback/rollback-json.ts';
import type { RollbackOutcome } from '../core/rollback/rollback-outcome.ts';
import { rollbackRecordOf } from '../core/rollback/rollback-record.ts';
import { applyRollback } from './apply-rollback.ts';

/** A cluster, opened for a rollback of one group. */
export interface OpenCluster {
  readonly reader: ClusterReader;
  readonly writer: OffsetWriter;
  close(): Promise<void>;
}

export interface RestoreDependencies {
  readonly ledger: ReleaseLedger;
  /** Opens the cluster that the ledger names. Throws CLUSTER_UNKNOWN where it is not configured. */
  readonly openCluster: (
    cluster: string,
    group: { readonly group: string; readonly partitions: OffsetMarker['partitions'] },
  ) => Promise<OpenCluster>;
  readonly clock: Clock;
  /** A duration: for each of a look, a commit and another look. */
  readonly deadlineMs: number;
}

export interface RestoreRequest {
  readonly releaseId: string;
  /** False: only what would be done. */
  readonly execute: boolean;
  readonly askedBy: Asker;
}

/**
 * Puts a release's group back to the marker of its start, and writes into the ledger what came of it. Throws
 * RELEASE_UNKNOWN, RELEASE_REFUSED when the release has no marker to go back to, and what its ports throw; a commit
 * whose end is not known stands in the ledger all the same.
 */
export async function rollBackRelease(
  { ledger, openCluster, clock, deadlineMs }: RestoreDependencies,
  { releaseId, execute, askedBy }: RestoreRequest,
): Promise<ReleaseRollback> {
  const { cluster, group, marker } = await whatToRestore(ledger, releaseId);
  const { reader, writer, close } = await openCluster(cluster, { group, partitions: marker.partitions });
  const record = (rollback: RecordedRollback) => recordRollback(ledger, releaseId, rollback);
  try {
    const access = { reader, writer, clock, deadlineMs };
    const outcome = await applyRollback(access, { group, marker, execute }).catch(async (error: unknown) => {
      if (execute) await record(failureRecord(error, { atMs: clock.nowMs(), askedBy }));
      throw error;
    });
    return { releaseId, cluster, outcome, isRecorded: await recorded(outcome) };
  } finally {
    await close();
  }

  async function recorded(outcome: RollbackOutcome): Promise<boolean | null> {
    const rollback = rollbackRecordOf(outcome, { atMs: clock.nowMs(), askedBy });
    return rollback === null ? null : record(rollback);
  }
}

async function whatToRestore(ledger: ReleaseLedger, releaseId: string) {
  const entry = await ledger.read(releaseId);
  if (entry === null) {
    throw new SluicegateError(
      'RELEASE_UNKNOWN',
      `the ledger has no release "${releaseId}": "release list" shows those that it keeps`,
    );
  }
  const marker = rollbackMarkerOf(entry);
  if (marker === null) {
    throw new SluicegateError(
      'RELEASE_REFUSED',
      `release "${releaseId}" only ever put an old version back, so it has no offsets from before a new one`,
    );
  }
  return { cluster: entry.cluster, group: entry.release.group, marker };
}

/** It broke off, perhaps after Kafka had taken the offsets: the record says so, and names none as restored. */
const failureRecord = (
  error: unknown,
  { atMs, askedBy }: { readonly atMs: number; readonly askedBy: Asker },
): RecordedRollback => ({
  atMs,
  askedBy,
  outcome: 'partly',
  sentence: `it broke off: ${error instanceof Error ? error.message : String(error)}`,
  partitions: [],
});

const WRITES_MAX = 5;

/** Adds to the entry as it is by now. False: what was done could not be written down, which is no reason to hide it. */
async function recordRollback(ledger: ReleaseLedger, releaseId: string, rollback: RecordedRollback): Promise<boolean> {
  try {
    for (let write = 0; write < WRITES_MAX; write += 1) {
      const entry = await ledger.read(releaseId);
      if (entry === null) return false;
      const { version, rollbacks } = entry;
      const next = { ...entry, version: version + 1, rollbacks: [...rollbacks, rollback] };
      if ((await ledger.write(next)) === 'written') return true;
    }
    return false;
  } catch (error) {
    if (error instanceof SluicegateError) return false;
    throw error;
  }
}
