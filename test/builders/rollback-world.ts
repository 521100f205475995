import { memoryReleaseLedger } from '../../lambdas/adapters/memory/release-ledger.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import type { CommittedOffset, GroupOffset } from '../../lambdas/core/ports/offset-writer.ts';
import type { LedgerEntry } from '../../lambdas/core/release/ledger-entry.ts';
import type { RestoreDependencies } from '../../lambdas/restore/roll-back-release.ts';
import { anEntry } from './ledger-entry.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from './snapshots.ts';

/** What the group `billing` and its one partition look like; the ledger's entry marks offset 90. */
export const billingAt = (committedOffset: number, part: Parameters<typeof aGroup>[0] = {}): ClusterSnapshot =>
  aSnapshot({
    topics: new Map([['orders', [aLog(200)]]]),
    groups: new Map([
      ['billing', aGroup({ state: 'Empty', committed: new Map([['orders', [committedOffset]]]), ...part })],
    ]),
  });

/** A release in a ledger and its cluster, each as a test needs it. */
export async function aRollbackWorld({
  entry = anEntry(),
  looks = [billingAt(150), billingAt(90)],
  commit = async (offsets) => offsets.map((offset) => ({ ...offset, error: null })),
}: {
  readonly entry?: LedgerEntry;
  /** What is seen, look by look, or why nothing is. */
  readonly looks?: readonly (ClusterSnapshot | Error)[];
  readonly commit?: (offsets: readonly GroupOffset[]) => Promise<readonly CommittedOffset[]>;
}) {
  const clock = { nowMs: () => T0_MS + 600_000 };
  const ledger = memoryReleaseLedger({ clock, retentionMs: 86_400_000 });
  await ledger.open(entry);
  const seen = { commits: [] as (readonly GroupOffset[])[], closed: 0, opened: [] as string[] };
  let look = 0;
  const dependencies: RestoreDependencies = {
    ledger,
    clock,
    deadlineMs: 1_000,
    openCluster: async (cluster, { group }) => {
      seen.opened.push(`${cluster}/${group}`);
      return {
        reader: {
          async read() {
            const snapshot = looks[look] ?? new Error('no more looks');
            look += 1;
            if (snapshot instanceof Error) throw snapshot;
            const cost = { requests: 0, sentBytes: 0, receivedBytes: 0, cpuMs: 0, wallMs: 0 };
            return { snapshot, cost };
          },
          close: async () => {},
        },
        writer: {
          async commit({ offsets }) {
            seen.commits.push(offsets);
            return commit(offsets);
          },
          close: async () => {},
        },
        async close() {
          seen.closed += 1;
        },
      };
    },
  };
  return { dependencies, ledger, seen };
}
