import { putInBatches } from '../../lambdas/adapters/dynamodb/batches.ts';
import { type Item, keyAttributes } from '../../lambdas/adapters/dynamodb/item.ts';
import type { ClusterSnapshot } from '../../lambdas/core/cluster/snapshot.ts';
import { withCpuMs } from '../scaled/cpu.ts';
import { itemBytes, type MeteredTable } from '../scaled/metered-table.ts';

/** One sample kept as one item a group-partition. */
export interface NaiveLayout {
  readonly items: number;
  readonly bytes: number;
  readonly writeUnits: number;
  readonly cpuMs: number;
}

/** Writes one sample as users would without packing: group and partition as the key, the slot as the sort key. */
export async function measureNaive(
  metered: MeteredTable,
  snapshot: ClusterSnapshot,
  slotMs: number,
): Promise<NaiveLayout> {
  const items = naiveItems(snapshot, slotMs);
  metered.take();
  const [, cpuMs] = await withCpuMs(() => putInBatches(metered.client, metered.tableName, items));
  const { writeUnits } = metered.take();
  return { items: items.length, bytes: items.reduce((sum, item) => sum + itemBytes(item), 0), writeUnits, cpuMs };
}

function naiveItems({ cluster, groups, topics, atMs }: ClusterSnapshot, slotMs: number): Item[] {
  const items: Item[] = [];
  for (const [group, { state, committed }] of groups) {
    for (const [topic, offsets] of committed) {
      for (const [partition, offset] of offsets.entries()) {
        const log = topics.get(topic)?.[partition];
        items.push({
          ...keyAttributes({ partition: `${cluster}#${group}#${topic}#${partition}`, sort: `${slotMs}` }),
          atMs: { N: `${atMs}` },
          state: { S: state },
          committed: { N: `${offset ?? -1}` },
          start: { N: `${log?.logStartOffset ?? -1}` },
          end: { N: `${log?.logEndOffset ?? -1}` },
        });
      }
    }
  }
  return items;
}
