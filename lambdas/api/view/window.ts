import type { GroupSnapshot } from '../../core/cluster/group.ts';
import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import { lagMessagesAt } from '../../core/lag/partition-lag.ts';
import type { Sample } from '../../core/ports/history-store.ts';

/** How many samples are looked back: the length of the little curves. */
export const WINDOW_SAMPLES = 30;

/** One sample of the recent past, without what only the newest one is asked for. */
export interface WindowSample {
  readonly slotMs: number;
  readonly atMs: number;
  readonly topics: ClusterSnapshot['topics'];
  readonly groups: ReadonlyMap<string, GroupPositions>;
}

export interface GroupPositions extends Pick<GroupSnapshot, 'committed' | 'share'> {
  /** Sum over the partitions that are known; null when none is. */
  readonly lagMessages: number | null;
}

export const windowSampleOf = ({ slotMs, snapshot }: Sample): WindowSample => ({
  slotMs,
  atMs: snapshot.atMs,
  topics: snapshot.topics,
  groups: new Map(
    Array.from(snapshot.groups, ([name, { committed, share }]) => [
      name,
      {
        committed,
        ...(share && { share }),
        lagMessages: lagMessagesOf({ committed, ...(share && { share }) }, snapshot.topics),
      },
    ]),
  ),
});

/**
 * The window after another sample: the newest ones, on the grid of the schedule. While a release is open there are
 * samples between two slots of the grid; only the newest of all may be one of them.
 */
export function windowWith(
  before: readonly WindowSample[],
  sample: WindowSample,
  sampleIntervalMs: number,
): readonly WindowSample[] {
  const onGrid = before.filter(({ slotMs }) => slotMs % sampleIntervalMs === 0);
  return [...onGrid, sample].slice(-WINDOW_SAMPLES);
}

/** Where a group is in one partition: the committed offset, or a share group's start offset. Null: nowhere, or not read. */
export const positionAt = (
  { committed, share }: Pick<GroupSnapshot, 'committed' | 'share'>,
  topic: string,
  partition: number,
): number | null => committed.get(topic)?.[partition] ?? share?.get(topic)?.[partition]?.startOffset ?? null;

function lagMessagesOf(
  { committed, share }: Pick<GroupSnapshot, 'committed' | 'share'>,
  topics: ClusterSnapshot['topics'],
): number | null {
  let sum: number | null = null;
  for (const topic of new Set([...committed.keys(), ...(share?.keys() ?? [])])) {
    const [offsets, shares, logs] = [committed.get(topic) ?? [], share?.get(topic) ?? [], topics.get(topic) ?? []];
    for (let partition = 0; partition < Math.max(offsets.length, shares.length); partition++) {
      const lagMessages = lagMessagesAt({
        committedOffset: offsets[partition] ?? null,
        share: shares[partition] ?? null,
        log: logs[partition] ?? null,
      });
      if (lagMessages !== null) sum = (sum ?? 0) + lagMessages;
    }
  }
  return sum;
}
