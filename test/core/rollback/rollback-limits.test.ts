import { describe, expect, test } from 'vitest';
import { limitsOf, obstacleText, totalsOf } from '../../../lambdas/core/rollback/rollback-limits.ts';
import { planRollback, resetsOf } from '../../../lambdas/core/rollback/rollback-plan.ts';
import { EMPTY, marked, markerWith, readingOf } from '../../builders/marked-partitions.ts';
import { aGroup } from '../../builders/snapshots.ts';

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
