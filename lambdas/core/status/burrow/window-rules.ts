import type { Commit } from './commit-ring.ts';

/** What a partition is judged by. */
export interface CommitWindow {
  /** Oldest first, at least one. */
  readonly commits: readonly Commit[];
  /** Filled slots / slots, 0–1. */
  readonly completeRatio: number;
  /** The last log end offsets, oldest first. */
  readonly logEndOffsets: readonly number[];
  readonly currentLagMessages: number;
  /** Now (epoch), whole seconds. */
  readonly nowMs: number;
  readonly allowedLagMessages: number;
  readonly minimumCompleteRatio: number;
}

/** Too few commits to judge by. Off by default, which makes new groups trouble at once. */
export function tooIncomplete({ completeRatio, minimumCompleteRatio }: CommitWindow): boolean {
  return completeRatio < minimumCompleteRatio;
}

/** Nothing waits: fine, even if the consumer is dead. */
export function isCaughtUp({ currentLagMessages, allowedLagMessages }: CommitWindow): boolean {
  return currentLagMessages <= allowedLagMessages;
}

/** No commit for longer than the whole window spans, and no log end in memory that the last commit had reached. */
export function stopped(window: CommitWindow): boolean {
  return commitsStopped(window) && !reachedEndRecently(window);
}

/** The time condition alone. Strict: a silence as long as the window is not longer. */
export function commitsStopped({ commits, nowMs }: CommitWindow): boolean {
  const lastMs = commits.at(-1)?.atMs ?? 0;
  return nowMs - lastMs > lastMs - (commits[0]?.atMs ?? 0);
}

/** The last commit stood at or past some log end in memory: the consumer had no lag a short while ago. */
export function reachedEndRecently({ commits, logEndOffsets }: CommitWindow): boolean {
  const lastOffset = commits.at(-1)?.offset ?? 0;
  return logEndOffsets.some((logEndOffset) => logEndOffset <= lastOffset);
}

/** The first decrease in the window was not made good. If it was, a later one is not seen. */
export function rewoundForGood({ commits }: CommitWindow): boolean {
  const index = firstRewindIndex(commits);
  return index !== -1 && !rewindRecovered(commits, index);
}

/** Where the offsets first decrease, recovered or not; -1 where they never do. */
export function firstRewindIndex(commits: readonly Commit[]): number {
  let before = 0;
  return commits.findIndex(({ offset }) => {
    const rewound = offset < before;
    before = offset;
    return rewound;
  });
}

/** The offset before the decrease was reached again. */
export function rewindRecovered(commits: readonly Commit[], index: number): boolean {
  const reached = commits[index - 1]?.offset ?? 0;
  return commits.slice(index).some(({ offset }) => offset >= reached);
}

/** Some commit in the window left no lag behind. */
export function lagWasGone({ commits, allowedLagMessages }: CommitWindow): boolean {
  return commits.some(({ lagMessages }) => lagMessages !== null && lagMessages <= allowedLagMessages);
}

/** Every commit is the same offset; true of a single one. */
export function offsetsStalled({ commits }: CommitWindow): boolean {
  return commits.every(({ offset }) => offset === commits[0]?.offset);
}

/** No known lag is smaller than the known one before it; true of fewer than two. */
export function lagNeverFell({ commits }: CommitWindow): boolean {
  let before = 0;
  return commits.every(({ lagMessages }) => {
    const fell = lagMessages !== null && lagMessages < before;
    before = lagMessages ?? before;
    return !fell;
  });
}
