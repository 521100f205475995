import { describe, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import { aReleaseStory, outcomeOf, type Story } from '../../builders/release-story.ts';
import { T0_MS } from '../../builders/snapshots.ts';

const STEP_MS = 15_000;

/** The same story, read every 15 s from the release's start on: offsets move evenly, members as they were. */
function readCloser({ release, snapshots }: Story): Story {
  const closer = snapshots.flatMap((snapshot, place) => {
    const next = snapshots[place + 1];
    if (snapshot.atMs < T0_MS || next === undefined) return [snapshot];
    return [0, 0.25, 0.5, 0.75].map((share) => between(snapshot, next, share));
  });
  return { release, snapshots: closer };
}

function between(from: ClusterSnapshot, to: ClusterSnapshot, share: number): ClusterSnapshot {
  const mixed = (a: number | null | undefined, b: number | null | undefined): number | null =>
    a === null || a === undefined || b === null || b === undefined ? (a ?? null) : Math.floor(a + share * (b - a));
  const topics = new Map(
    [...from.topics].map(([topic, logs]) => [
      topic,
      logs.map(
        (log, partition) =>
          log && {
            ...log,
            logEndOffset: mixed(log.logEndOffset, to.topics.get(topic)?.[partition]?.logEndOffset) ?? 0,
          },
      ),
    ]),
  );
  const groups = new Map(
    [...from.groups].map(([name, group]) => {
      const later = to.groups.get(name)?.committed;
      const committed = [...group.committed].map(
        ([topic, offsets]) => [topic, offsets.map((offset, p) => mixed(offset, later?.get(topic)?.[p]))] as const,
      );
      return [name, { ...group, committed: new Map(committed) }];
    }),
  );
  return { ...from, atMs: from.atMs + share * 4 * STEP_MS, topics, groups };
}

describe('read every 15 s', () => {
  test('a healthy release is promoted in the same minute, by windows of the same length', () => {
    const story = aReleaseStory();
    const [once, closer] = [outcomeOf(story), outcomeOf(readCloser(story))];
    expect(closer).toMatchObject({ decision: 'PROMOTE', codes: once.codes });
    expect(Math.abs(closer.minute - once.minute)).toBeLessThan(1);
    expect(closer.judgement.evidence.samples).toBeGreaterThan(once.judgement.evidence.samples);
  });

  test('what breaks a hard limit is rolled back for the same reason, and sooner', () => {
    const story = aReleaseStory({}, (frame) => {
      if (frame.minute >= 2) frame.committed[0] = 1_000_000;
    });
    const [once, closer] = [outcomeOf(story), outcomeOf(readCloser(story))];
    expect(closer).toMatchObject({ decision: 'ROLLBACK', codes: once.codes });
    expect(closer.minute).toBeLessThanOrEqual(once.minute);
  });
});
