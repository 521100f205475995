import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkedPartition, OffsetMarker } from '../../../lambdas/core/release/offset-marker.ts';
import { limitsOf, obstacleText, totalsOf } from '../../../lambdas/core/rollback/rollback-limits.ts';
import { planRollback, resetsOf } from '../../../lambdas/core/rollback/rollback-plan.ts';
import { aGroup, aLog, aSnapshot } from '../../builders/snapshots.ts';

const EMPTY = { state: 'Empty' } as const;

const marked = (committedOffset: number | null, log: [number, number] | null, partition = 0): MarkedPartition => ({
  topic: 'orders',
  partition,
  committedOffset,
  log: log && { startOffset: log[0], endOffset: log[1] },
});

const markerWith = (...partitions: MarkedPartition[]): OffsetMarker => ({ atMs: 1_000, partitions });

/** A reading of group `billing`, one topic, one partition unless said. */
const readingOf = (committed: (number | null)[], logs: ([number, number] | null)[]) =>
  aSnapshot({
    topics: new Map([['orders', logs.map((log) => log && aLog(log[1], { logStartOffset: log[0] }))]]),
    groups: new Map([['billing', aGroup({ ...EMPTY, committed: new Map([['orders', committed]]) })]]),
  });

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

describe('what stands in the way', () => {
  const marker = markerWith(marked(100, [0, 120]));
  const reading = readingOf([150], [[0, 200]]);
  const obstaclesFor = (part: Partial<typeof reading>) =>
    planRollback('billing', marker, { ...reading, ...part }).obstacles;
  const groupOf = (part: Parameters<typeof aGroup>[0]) => new Map([['billing', aGroup(part)]]);

  test('members do, in whatever state: Kafka would refuse, or they would overwrite it', () => {
    for (const state of ['Stable', 'PreparingRebalance', 'Reconciling', 'Unknown'] as const) {
      expect(obstaclesFor({ groups: groupOf({ state, members: null }) })).toEqual([
        { kind: 'notEmpty', state, members: null },
      ]);
    }
  });

  test('a share group does: it has no offsets that could go back', () => {
    expect(obstaclesFor({ groups: groupOf({ ...EMPTY, type: 'share' }) })).toEqual([{ kind: 'shareGroup' }]);
  });

  test('a group that is gone does not: its offsets are committed anew', () => {
    const plan = planRollback('billing', marker, { ...reading, groups: new Map() });
    expect(plan).toMatchObject({ groupType: null, obstacles: [] });
    expect(resetsOf(plan)).toMatchObject([{ fromOffset: null, toOffset: 100 }]);
  });

  test.each([
    { why: 'its broker did not answer', failure: { part: 'broker', broker: 'b:1' } as const },
    { why: 'its offsets could not be read', failure: { part: 'group', group: 'billing' } as const },
    {
      why: 'nobody leads the part of the offsets topic that may hold it',
      failure: { part: 'partition', topic: '__consumer_offsets', partition: 3 } as const,
    },
  ])('a group that is not shown because $why is not taken for gone', ({ failure }) => {
    const failures = [{ ...failure, code: 'TIMEOUT', message: 'no answer' }];
    expect(obstaclesFor({ groups: new Map(), failures })).toContainEqual({ kind: 'unread', what: 'no answer' });
  });

  test('a log that could not be read does: how far it goes back is not known', () => {
    const failures = [
      { part: 'partition', topic: 'orders', partition: 0, code: 'LEADER_NOT_AVAILABLE', message: 'no leader' } as const,
    ];
    const obstacles = obstaclesFor({ topics: new Map([['orders', [null]]]), failures });
    expect(obstacles).toEqual([{ kind: 'unread', what: 'the log of orders/0 could not be read' }]);
  });

  test('every obstacle says what to do', () => {
    expect(obstacleText({ kind: 'notEmpty', state: 'Stable', members: 3 })).toBe(
      'it has 3 members (state Stable): stop every consumer of the group, wait until it is Empty, and try again',
    );
    expect(obstacleText({ kind: 'shareGroup' })).toContain('kafka-share-groups.sh');
    expect(obstacleText({ kind: 'brokerRefused', errors: ['GROUP_AUTHORIZATION_FAILED'] })).toContain('grant');
  });
});

describe('what is not undone', () => {
  test('a plan with nothing to undo has no limits', () => {
    expect(limitsOf(planRollback('billing', markerWith(marked(5, [0, 9])), readingOf([5], [[0, 9]])))).toEqual([]);
  });

  test('messages that are read again, and those that are lost, are counted over all partitions', () => {
    const plan = planRollback(
      'billing',
      markerWith(marked(100, [0, 120]), marked(50, [0, 60], 1), marked(null, [0, 5], 2)),
      readingOf(
        [150, 80, 5],
        [
          [0, 200],
          [70, 90],
          [0, 9],
        ],
      ),
    );
    expect(totalsOf(plan)).toEqual({ resetPartitions: 2, rereadMessages: 60, lostMessages: 20 });
    expect(limitsOf(plan)).toEqual([
      {
        code: 'HANDLED_TWICE',
        sentence: '60 messages will be handled a second time: what the new version did with them stays done',
      },
      { code: 'DELETED', sentence: 'retention has deleted 20 messages after the marker: nobody can read them again' },
      { code: 'NOTHING_MARKED', sentence: expect.stringMatching(/^orders\/2: nothing was committed at the marker/) },
    ]);
  });

  test('a Kafka Streams application keeps its state', () => {
    const reading = readingOf([5], [[0, 9]]);
    const groups = new Map([['billing', aGroup({ ...EMPTY, type: 'streams', committed: new Map([['orders', [5]]]) })]]);
    const plan = planRollback('billing', markerWith(marked(5, [0, 9])), { ...reading, groups });
    expect(limitsOf(plan).map(({ code }) => code)).toEqual(['STATE_STORES']);
  });
});

describe('for any marker and any reading', () => {
  const anyLog = fc.tuple(fc.nat(50), fc.nat(50)).map(([start, length]): [number, number] => [start, start + length]);
  const anyPartition = fc.record({
    before: fc.option(fc.nat(100), { nil: null }),
    beforeLog: fc.option(anyLog, { nil: null }),
    now: fc.option(fc.nat(100), { nil: null }),
    log: fc.option(anyLog, { nil: null }),
  });
  const anyPlan = fc.array(anyPartition, { maxLength: 6 }).map((parts) => ({
    parts,
    plan: planRollback(
      'billing',
      markerWith(...parts.map(({ before, beforeLog }, partition) => marked(before, beforeLog, partition))),
      readingOf(
        parts.map(({ now }) => now),
        parts.map(({ log }) => log),
      ),
    ),
  }));

  test('no offset is committed that is outside the log, or that is there already', () => {
    fc.assert(
      fc.property(anyPlan, ({ parts, plan }) => {
        for (const { partition, toOffset, fromOffset } of resetsOf(plan)) {
          const [start, end] = parts[partition]?.log ?? [1, 0];
          expect(toOffset).toBeGreaterThanOrEqual(start);
          expect(toOffset).toBeLessThanOrEqual(end);
          expect(toOffset).not.toBe(fromOffset);
        }
      }),
    );
  });

  test('nothing that the old version had not handled is passed over, but for what retention deleted', () => {
    fc.assert(
      fc.property(anyPlan, ({ parts, plan }) => {
        for (const { partition, toOffset, lostMessages } of resetsOf(plan)) {
          const { before, beforeLog } = parts[partition] ?? {};
          expect(toOffset - lostMessages).toBe(before ?? beforeLog?.[1]);
        }
      }),
    );
  });

  test('once it is applied, there is nothing more to do', () => {
    fc.assert(
      fc.property(anyPlan, ({ parts, plan }) => {
        const after = parts.map(({ now }) => now);
        for (const { partition, toOffset } of resetsOf(plan)) after[partition] = toOffset;
        const reading = readingOf(
          after,
          parts.map(({ log }) => log),
        );
        const again = planRollback(
          'billing',
          markerWith(...parts.map(({ before, beforeLog }, partition) => marked(before, beforeLog, partition))),
          reading,
        );
        expect(resetsOf(again)).toEqual([]);
      }),
    );
  });
});
