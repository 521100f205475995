import { lagMessagesAt } from '../../core/lag/partition-lag.ts';
import { positionAt, type WindowSample } from '../view/window.ts';

/** How many commits Burrow keeps of a partition, by default. */
export const COMMITS_KEPT = 10;

/** A commit as Burrow shows it. We see offsets when we sample them, so that is its time. */
export interface BurrowCommit {
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** The same, cut to whole seconds. */
  readonly observedAt: number;
  /** Null: not known. */
  readonly lag: number | null;
}

/** The positions of the last samples that show one, oldest first; at most COMMITS_KEPT. */
export function commitsOf(
  window: readonly WindowSample[],
  { group, topic, partition }: { readonly group: string; readonly topic: string; readonly partition: number },
): readonly BurrowCommit[] {
  return window.slice(-COMMITS_KEPT).flatMap(({ atMs, topics, groups }) => {
    const positions = groups.get(group);
    const offset = positions === undefined ? null : positionAt(positions, topic, partition);
    if (positions === undefined || offset === null) return [];
    const lag = lagMessagesAt({
      committedOffset: offset,
      share: positions.share?.get(topic)?.[partition] ?? null,
      log: topics.get(topic)?.[partition] ?? null,
    });
    return [{ offset, timestamp: atMs, observedAt: Math.floor(atMs / 1_000) * 1_000, lag }];
  });
}
