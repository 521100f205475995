import { expect, test } from 'vitest';
import type { ReadFilter } from '../../lambdas/core/cluster/connection.ts';
import type { ClusterReader } from '../../lambdas/core/ports/cluster-reader.ts';

/** What a cluster must hold before the contract is run on it. */
export const CONTRACT_CLUSTER = {
  /** By topic, records in each partition; none was deleted. */
  topics: { orders: [10, 4], payments: [3], unread: [1] },
  /** By group, what it committed; no group has members. */
  commits: { billing: { orders: [4, null], payments: [3] }, audit: { orders: [10, 4] } },
} as const;

export interface ReaderSettings {
  readonly cluster: string;
  readonly filter: ReadFilter;
}

/** What every `ClusterReader` does. `open` gives a reader of a cluster that holds `CONTRACT_CLUSTER`. */
export function clusterReaderContract(open: (settings: ReaderSettings) => ClusterReader): void {
  const none = { allow: [], deny: [] };
  const read = async (filter: Partial<ReadFilter> = {}) => {
    const reader = open({ cluster: 'prod', filter: { groups: none, topics: none, ...filter } });
    const { snapshot } = await reader.read({ atMs: 1_234, deadlineMs: 10_000 });
    await reader.close();
    return snapshot;
  };

  test('a snapshot bears our name of the cluster and when the reading began', async () => {
    expect(await read()).toMatchObject({ cluster: 'prod', atMs: 1_234, failures: [] });
  });

  test('every group is found, with what it committed by partition', async () => {
    const { groups } = await read();
    expect([...groups.keys()].sort()).toEqual(['audit', 'billing']);
    expect(groups.get('billing')).toEqual({
      type: 'classic',
      state: 'Empty',
      members: [],
      committed: new Map<string, (number | null)[]>([
        ['orders', [4, null]],
        ['payments', [3]],
      ]),
    });
  });

  test('log start and end are there for every partition that a group has committed', async () => {
    const { topics } = await read();
    expect(topics).toEqual(
      new Map([
        [
          'orders',
          [
            { logStartOffset: 0, logEndOffset: 10 },
            { logStartOffset: 0, logEndOffset: 4 },
          ],
        ],
        ['payments', [{ logStartOffset: 0, logEndOffset: 3 }]],
      ]),
    );
  });

  test('a partition that nobody committed is not read', async () => {
    const { topics } = await read({ groups: { allow: [/billing/], deny: [] } });
    expect(topics.get('orders')).toEqual([{ logStartOffset: 0, logEndOffset: 10 }, null]);
  });

  test('a denied group is left out, and so is what only it reads', async () => {
    const { groups, topics } = await read({ groups: { allow: [], deny: [/billing/] } });
    expect([...groups.keys()]).toEqual(['audit']);
    expect([...topics.keys()]).toEqual(['orders']);
  });

  test('a denied topic is left out everywhere', async () => {
    const { groups, topics } = await read({ topics: { allow: [], deny: [/pay.*/] } });
    expect([...(groups.get('billing')?.committed.keys() ?? [])]).toEqual(['orders']);
    expect([...topics.keys()]).toEqual(['orders']);
  });

  test('an allowed topic is read although no group commits there', async () => {
    const { topics } = await read({ topics: { allow: [/unread/], deny: [] } });
    expect(topics).toEqual(new Map([['unread', [{ logStartOffset: 0, logEndOffset: 1 }]]]));
  });

  test('one reader reads again and again, and sees the same of an unchanged cluster', async () => {
    const reader = open({ cluster: 'prod', filter: { groups: none, topics: none } });
    const first = await reader.read({ atMs: 1_000, deadlineMs: 10_000 });
    const second = await reader.read({ atMs: 2_000, deadlineMs: 10_000 });
    expect(second.snapshot).toEqual({ ...first.snapshot, atMs: 2_000 });
    await reader.close();
  });

  test('every reading tells what it cost', async () => {
    const reader = open({ cluster: 'prod', filter: { groups: none, topics: none } });
    const { cost } = await reader.read({ atMs: 1_000, deadlineMs: 10_000 });
    for (const value of Object.values(cost)) expect(value).toBeGreaterThan(0);
    await reader.close();
  });

  test('closing twice does no harm', async () => {
    const reader = open({ cluster: 'prod', filter: { groups: none, topics: none } });
    await reader.read({ atMs: 1_000, deadlineMs: 10_000 });
    await reader.close();
    await expect(reader.close()).resolves.toBeUndefined();
  });
}
