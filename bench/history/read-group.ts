import type { TableLocation } from '../../lambdas/adapters/dynamodb/client.ts';
import { dynamoHistoryStore } from '../../lambdas/adapters/dynamodb/history-store.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { withCpuMs } from '../scaled/cpu.ts';
import { meteredTable } from '../scaled/metered-table.ts';
import { CLUSTER } from '../scaled/scaled-cluster.ts';

/** What it took to read one group's history, and one sample of all groups, each by a reader that knows nothing yet. */
export interface GroupRead {
  readonly samples: number;
  readonly partitions: number;
  readonly bytes: number;
  readonly readUnits: number;
  readonly requests: number;
  readonly cpuMs: number;
  readonly newest: { readonly bytes: number; readonly readUnits: number; readonly cpuMs: number };
}

export async function measureGroupRead(
  location: TableLocation,
  { groups }: ClusterSnapshot,
  nowMs: number,
): Promise<GroupRead> {
  const [group, snapshot] = [...groups].find(([, { committed }]) => committed.size > 0) ?? ['', undefined];
  const partitions = [...(snapshot?.committed.values() ?? [])].reduce((sum, { length }) => sum + length, 0);
  const reader = () => {
    const metered = meteredTable(location);
    const parts = { table: metered.table, clock: { nowMs: () => nowMs }, retentionMs: 30 * 86_400_000 };
    return { metered, history: dynamoHistoryStore(parts) };
  };
  const ofGroup = reader();
  const range = { cluster: CLUSTER, afterSlotMs: 0, group };
  const [samples, cpuMs] = await withCpuMs(() => counted(ofGroup.history.readGroup(range)));
  const { readBytes, readUnits, requests } = ofGroup.metered.take();
  const ofAll = reader();
  const newest = { cluster: CLUSTER, afterSlotMs: nowMs - 90_000 };
  const [, newestCpuMs] = await withCpuMs(() => counted(ofAll.history.read(newest)));
  const all = ofAll.metered.take();
  return {
    samples,
    partitions,
    bytes: readBytes,
    readUnits,
    requests,
    cpuMs,
    newest: { bytes: all.readBytes, readUnits: all.readUnits, cpuMs: newestCpuMs },
  };
}

async function counted(samples: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of samples) count += 1;
  return count;
}
