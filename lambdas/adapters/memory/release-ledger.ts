import type { Clock } from '../../core/ports/clock.ts';
import type { AttemptKey, JudgementCheckpoint, ReleaseLedger } from '../../core/ports/release-ledger.ts';
import type { LedgerEntry } from '../../core/release/ledger-entry.ts';

/** Releases in this process, for tests. */
export function memoryReleaseLedger({
  clock,
  retentionMs,
}: {
  readonly clock: Clock;
  readonly retentionMs: number;
}): ReleaseLedger {
  const entries = new Map<string, LedgerEntry>();
  const checkpoints = new Map<string, JudgementCheckpoint>();
  const keyOf = ({ releaseId, attempt }: AttemptKey) => JSON.stringify([releaseId, attempt]);

  const kept = () => [...entries.values()].filter(({ attempt }) => clock.nowMs() < attempt.startedAtMs + retentionMs);

  const read = (id: string) => kept().find(({ release }) => release.id === id) ?? null;

  function put(entry: LedgerEntry): boolean {
    if (entry.version !== (read(entry.release.id)?.version ?? 0) + 1) return false;
    entries.set(entry.release.id, entry);
    return true;
  }

  return {
    async open(entry) {
      const { cluster, release } = entry;
      const taken = kept().some((other) => other.state === 'open' && isRival(other, cluster, release));
      if (taken) return 'taken';
      return put(entry) ? 'opened' : 'conflict';
    },
    read: async (id) => read(id),
    async list({ cluster, group, limit, after }) {
      const found = kept()
        .filter((entry) => entry.cluster === cluster && (group === undefined || entry.release.group === group))
        .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
      const rest = found.filter((entry) => !after || placeOf(entry) < after);
      const page = rest.slice(0, limit);
      const last = page.at(-1);
      return { entries: page, next: last && rest.length > page.length ? placeOf(last) : null };
    },
    readOpen: async (cluster) => kept().filter((entry) => entry.cluster === cluster && entry.state === 'open'),
    write: async (entry) => (put(entry) ? 'written' : 'conflict'),
    readCheckpoint: async (key) => checkpoints.get(keyOf(key)) ?? null,
    writeCheckpoint: async (key, checkpoint) => {
      checkpoints.set(keyOf(key), checkpoint);
    },
  };
}

const isRival = (other: LedgerEntry, cluster: string, { id, group }: LedgerEntry['release']): boolean =>
  other.cluster === cluster && other.release.group === group && other.release.id !== id;

/** Sorts as time does, and two of one moment by their ids. */
const placeOf = ({ openedAtMs, release }: LedgerEntry): string => `${openedAtMs}`.padStart(16, '0') + release.id;
