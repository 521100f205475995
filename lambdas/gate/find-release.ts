import { SluicegateError } from '../core/errors.ts';
import type { ReleaseLedger } from '../core/ports/release-ledger.ts';
import type { LedgerEntry } from '../core/release/ledger-entry.ts';
import type { ReleaseName } from './gate.ts';
import { releaseIdOf } from './release-id.ts';

/**
 * The entry of a release. An execution that adopted another one's release finds that. Throws RELEASE_UNKNOWN.
 */
export async function findRelease(ledger: ReleaseLedger, name: ReleaseName): Promise<LedgerEntry> {
  if ('releaseId' in name) {
    const entry = await ledger.read(name.releaseId);
    if (entry !== null) return entry;
    throw unknown(`"${name.releaseId}"`);
  }
  const { cluster, group, executionId } = name;
  const entry = (await ledger.read(releaseIdOf(name))) ?? (await newestRelease(ledger, cluster, group));
  const attempts = entry === null ? [] : [...entry.earlier, entry.attempt];
  if (entry !== null && attempts.some((attempt) => attempt.executionId === executionId)) return entry;
  throw unknown(`of "${group}" in ${cluster} for execution "${executionId}"`);
}

/** The newest of a group, open or not; null when there is none. */
export async function newestRelease(
  ledger: ReleaseLedger,
  cluster: string,
  group: string,
): Promise<LedgerEntry | null> {
  const { entries } = await ledger.list({ cluster, group, limit: 1 });
  return entries[0] ?? null;
}

/** The open one of a group; null when there is none. */
export async function openRelease(ledger: ReleaseLedger, cluster: string, group: string): Promise<LedgerEntry | null> {
  const open = await ledger.readOpen(cluster);
  return open.find(({ release }) => release.group === group) ?? null;
}

const unknown = (which: string): SluicegateError =>
  new SluicegateError('RELEASE_UNKNOWN', `the ledger has no release ${which}: start it before it is judged`);
