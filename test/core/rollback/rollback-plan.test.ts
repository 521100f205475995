import { describe, expect, test } from 'vitest';
import { planRollback } from '../../../lambdas/core/rollback/rollback-plan.ts';
import { EMPTY, marked, markerWith, readingOf } from '../../builders/marked-partitions.ts';
import { aGroup, aLog } from '../../builders/snapshots.ts';

describe('the plan for one partition', () => {
  test.each([
    {
      why: 'the new version read on, and the old one reads that again',
      before: marked(100, [0, 120]),
      now: 150,
      log: [0, 200],
      plan: { kind: 'reset', fromOffset: 150, toOffset: 100, rereadMessages: 50, lostMessages: 0 },
    },
    {
      why: 'it stands there already',
      before: marked(100, [0, 120]),
      now: 100,
      log: [0, 200],
      plan: { kind: 'unchanged', committedOffset: 100 },
    },
    {
      why: 'retention took a part: it goes back as far as the log does',
      before: marked(100, [0, 120]),
      now: 150,
      log: [130, 200],
      plan: { kind: 'reset', fromOffset: 150, toOffset: 130, rereadMessages: 20, lostMessages: 30 },
    },
    {
      why: 'retention took all that was handled: what is left was not read by anybody',
      before: marked(100, [0, 120]),
      now: 150,
      log: [180, 200],
      plan: { kind: 'reset', fromOffset: 150, toOffset: 180, rereadMessages: 0, lostMessages: 80 },
    },
    {
      why: 'the new version had rewound: what the old one had handled is passed over',
      before: marked(100, [0, 120]),
      now: 10,
      log: [0, 200],
      plan: { kind: 'reset', fromOffset: 10, toOffset: 100, rereadMessages: 0, lostMessages: 0 },
    },
    {
      why: 'the new version had committed offsets that were never written: only what there is can be read again',
      before: marked(100, [0, 120]),
      now: 9_000,
      log: [0, 200],
      plan: { kind: 'reset', fromOffset: 9_000, toOffset: 100, rereadMessages: 100, lostMessages: 0 },
    },
    {
      why: 'its commit has expired since: it is made again',
      before: marked(100, [0, 120]),
      now: null,
      log: [0, 200],
      plan: { kind: 'reset', fromOffset: null, toOffset: 100, rereadMessages: null, lostMessages: 0 },
    },
    {
      why: 'nothing was committed, and the log held messages: auto.offset.reset decided, which nobody can see',
      before: marked(null, [0, 120]),
      now: 150,
      log: [0, 200],
      plan: { kind: 'left', why: 'nothingMarked', committedOffset: 150 },
    },
    {
      why: 'nothing was committed in an empty log: wherever the old version began, it was here',
      before: marked(null, [40, 40]),
      now: 60,
      log: [40, 60],
      plan: { kind: 'reset', fromOffset: 60, toOffset: 40, rereadMessages: 20, lostMessages: 0 },
    },
    {
      why: 'nothing was committed then or now',
      before: marked(null, [0, 120]),
      now: null,
      log: [0, 200],
      plan: { kind: 'unchanged', committedOffset: null },
    },
    {
      why: 'the topic was made anew: its offsets mean other messages',
      before: marked(100, [0, 120]),
      now: 5,
      log: [0, 7],
      plan: { kind: 'left', why: 'otherLog', committedOffset: 5 },
    },
    {
      why: 'the log could not be read at the marker, and ends before its commit',
      before: marked(100, null),
      now: 5,
      log: [0, 7],
      plan: { kind: 'left', why: 'otherLog', committedOffset: 5 },
    },
    {
      why: 'the partition exists no more',
      before: marked(100, [0, 120]),
      now: null,
      log: null,
      plan: { kind: 'left', why: 'gone', committedOffset: null },
    },
  ])('$why', ({ before, now, log, plan }) => {
    const { partitions, obstacles } = planRollback(
      'billing',
      markerWith(before),
      readingOf([now], [log as [number, number] | null]),
    );
    expect(partitions).toEqual([{ topic: 'orders', partition: 0, ...plan }]);
    expect(obstacles).toEqual([]);
  });

  test('a partition that was added since holds only messages after the marker, and goes back to its first', () => {
    const plan = planRollback(
      'billing',
      markerWith(marked(100, [0, 120])),
      readingOf(
        [100, 30],
        [
          [0, 120],
          [4, 50],
        ],
      ),
    );
    expect(plan.partitions[1]).toEqual({
      topic: 'orders',
      partition: 1,
      kind: 'reset',
      fromOffset: 30,
      toOffset: 4,
      rereadMessages: 26,
      lostMessages: 0,
    });
  });

  // The marker then has only partitions with a commit: one that it lacks may be old, with everything in it.
  test('a partition that the marker lacks is left alone where the marker could not read the topic', () => {
    const plan = planRollback(
      'billing',
      markerWith(marked(100, null)),
      readingOf(
        [100, 30],
        [
          [0, 120],
          [0, 50],
        ],
      ),
    );
    expect(plan.partitions[1]).toMatchObject({ kind: 'left', why: 'newTopic', committedOffset: 30 });
  });

  test('a topic that only the new version reads is left alone', () => {
    const reading = readingOf([100], [[0, 120]]);
    const group = aGroup({
      ...EMPTY,
      committed: new Map([
        ['refunds', [7]],
        ['orders', [100]],
      ]),
    });
    const plan = planRollback('billing', markerWith(marked(100, [0, 120])), {
      ...reading,
      topics: new Map([...reading.topics, ['refunds', [aLog(9)]]]),
      groups: new Map([['billing', group]]),
    });
    expect(plan.partitions.map(({ topic, kind }) => `${topic} ${kind}`)).toEqual(['orders unchanged', 'refunds left']);
  });
});
