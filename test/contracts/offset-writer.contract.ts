import { expect, test } from 'vitest';
import type { ClusterReader } from '../../lambdas/core/ports/cluster-reader.ts';
import type { OffsetWriter } from '../../lambdas/core/ports/offset-writer.ts';

/** What the contract is tried on: empty groups of these names with these commits, and one that has a member. */
export const CONTRACT_GROUPS = {
  topics: { orders: [10, 4] },
  empty: { 'to-reset': { orders: [7, 4] }, 'to-repeat': { orders: [5, 2] } },
  live: 'has-a-member',
} as const;

const DEADLINE_MS = 10_000;

/** What every writer of offsets does. `open` gives one that the test closes, and a reader of the same cluster. */
export function offsetWriterContract(
  open: () => { readonly writer: OffsetWriter; readonly reader: ClusterReader },
): void {
  const at = (partition: number, offset: number) => ({ topic: 'orders', partition, offset });
  const committedIn = async (reader: ClusterReader, group: string) => {
    const { snapshot } = await reader.read({ atMs: 1_000, deadlineMs: DEADLINE_MS });
    return snapshot.groups.get(group)?.committed.get('orders');
  };

  test('the offsets of a group without members are set, and each is answered in its turn', async () => {
    const { writer, reader } = open();
    const offsets = [at(1, 2), at(0, 3)];
    const answers = await writer.commit({ group: 'to-reset', offsets, deadlineMs: DEADLINE_MS });
    expect(answers).toEqual(offsets.map((offset) => ({ ...offset, error: null })));
    expect(await committedIn(reader, 'to-reset')).toEqual([3, 2]);
    await writer.close();
  });

  test('partitions that are not named keep their offsets, and writing the same again changes nothing', async () => {
    const { writer, reader } = open();
    for (let time = 0; time < 2; time += 1) {
      await writer.commit({ group: 'to-repeat', offsets: [at(0, 1)], deadlineMs: DEADLINE_MS });
      expect(await committedIn(reader, 'to-repeat')).toEqual([1, 2]);
    }
    await writer.close();
  });

  test('a group that does not exist (any more) gets its offsets', async () => {
    const { writer, reader } = open();
    await writer.commit({ group: 'forgotten', offsets: [at(0, 6)], deadlineMs: DEADLINE_MS });
    expect(await committedIn(reader, 'forgotten')).toEqual([6, null]);
    await writer.close();
  });

  test('a group with a member is refused, partition by partition, and keeps its offsets', async () => {
    const { writer, reader } = open();
    const before = await committedIn(reader, CONTRACT_GROUPS.live);
    const offsets = [at(0, 0), at(1, 0)];
    const answers = await writer.commit({ group: CONTRACT_GROUPS.live, offsets, deadlineMs: DEADLINE_MS });
    expect(answers).toEqual(offsets.map((offset) => ({ ...offset, error: 'UNKNOWN_MEMBER_ID' })));
    expect(await committedIn(reader, CONTRACT_GROUPS.live)).toEqual(before);
    await writer.close();
  });

  test('closing twice does no harm', async () => {
    const { writer } = open();
    await writer.commit({ group: 'to-reset', offsets: [at(0, 3)], deadlineMs: DEADLINE_MS });
    await writer.close();
    await expect(writer.close()).resolves.toBeUndefined();
  });
}
