import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../cli/report/group-report.ts';
import { hasProblem, reportLines, type View } from '../../../cli/report/show.ts';
import type { ClusterSnapshot } from '../../../lambdas/core/cluster/snapshot.ts';
import { verdictsAtOneLook } from '../../../lambdas/core/status/one-look.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

const VIEW: View = { group: null, json: false, colour: false, watching: false };

const worker = aMember({ memberId: 'billing-0-7f', assigned: new Map([['orders', [0, 1]]]) });
const snapshot = aSnapshot({
  topics: new Map([['orders', [aLog(1_300), aLog(900)]]]),
  groups: new Map([
    ['audit', aGroup({ state: 'Empty', committed: new Map([['orders', [1_300, 100]]]) })],
    [
      'billing',
      aGroup({
        members: [worker, aMember({ memberId: 'billing-1-a2', clientId: 'billing-1' })],
        committed: new Map([['orders', [1_180, null]]]),
      }),
    ],
    ['mail', aGroup({ members: [], state: 'Empty', committed: new Map([['orders', [1_300]]]) })],
  ]),
});

describe('all groups', () => {
  test('are a line each, the worst first, with the reason of what is wrong', () => {
    expect(shown(snapshot)).toEqual([
      'GROUP    TYPE     STATE   MEMBERS  LAG  TIME-LAG  STATUS   WHY',
      'audit    classic  Empty         0  800         ?  STOPPED  orders-1: 800 messages wait and the group has no members',
      'billing  classic  Stable        2  120         ?  ?',
      'mail     classic  Empty         0    0       0 s  OK',
      '',
      '3 groups: 1 ERR, 1 UNKNOWN, 1 OK',
      '? needs more than one look: add --watch',
    ]);
  });

  test('where all is well need no column for reasons', () => {
    expect(shown(only('mail'))).toEqual([
      'GROUP  TYPE     STATE  MEMBERS  LAG  TIME-LAG  STATUS',
      'mail   classic  Empty        0    0       0 s  OK',
    ]);
  });

  test('an empty cluster says so', () => {
    expect(shown(aSnapshot())).toEqual(['Cluster "prod" has no consumer groups.']);
  });

  test('what could not be read stands below', () => {
    const failures = [
      { part: 'broker', broker: 'kafka-2:9092', code: 'TIMEOUT', message: 'no answer in 5 s' },
      { part: 'group', group: 'evil\u001b[2J', code: 'NOT_COORDINATOR', message: 'moved twice' },
      { part: 'partition', topic: 'orders', partition: 3, code: 'LEADER_NOT_AVAILABLE', message: 'no leader' },
    ] as const;
    expect(shown(aSnapshot({ failures })).slice(2)).toEqual([
      'Could not read:',
      '  broker kafka-2:9092: no answer in 5 s (TIMEOUT)',
      '  group evil\uFFFD[2J: moved twice (NOT_COORDINATOR)',
      '  partition orders-3: no leader (LEADER_NOT_AVAILABLE)',
    ]);
  });

  test('as JSON are one object', () => {
    const [line = '', ...rest] = shown(only('audit'), { json: true });
    expect(rest).toEqual([]);
    expect(JSON.parse(line)).toEqual({
      at: T0_MS,
      cluster: 'prod',
      groups: [
        {
          group: 'audit',
          type: 'classic',
          state: 'Empty',
          members: 0,
          status: 'ERR',
          kind: 'STOPPED',
          lagMessages: 800,
          timeLagMs: null,
          rule: 'nobodyThere',
          reason: 'orders-1: 800 messages wait and the group has no members',
        },
      ],
      failures: [],
    });
  });
});

describe('one group', () => {
  test('has the columns of kafka-consumer-groups, then ours, and members with nothing to do', () => {
    expect(shown(snapshot, { group: 'billing' })).toEqual([
      'GROUP    TOPIC   PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG  CONSUMER-ID   HOST       CLIENT-ID  TIME-LAG  STATUS',
      'billing  orders          0            1180            1300  120  billing-0-7f  /10.0.0.1  billing-0         ?  ?',
      'billing  orders          1               -             900    -  billing-0-7f  /10.0.0.1  billing-0         -  ?',
      'billing  -               -               -               -    -  billing-1-a2  /10.0.0.1  billing-1         -  -',
      '',
      '? needs more than one look: add --watch',
    ]);
  });

  test('without members says so, and what is wrong with each partition', () => {
    expect(shown(snapshot, { group: 'audit' }).slice(3)).toEqual([
      '',
      'The group has no members.',
      'orders-1: 800 messages wait and the group has no members',
    ]);
  });

  test('that has committed nothing says so', () => {
    const idle = aSnapshot({ groups: new Map([['new', aGroup({ members: [aMember()] })]]) });
    expect(shown(idle, { group: 'new' })).toContain(
      'The group has committed nothing: it is new, or its topics were deleted.',
    );
  });

  test('of which nothing is left has no table', () => {
    const left = aSnapshot({ groups: new Map([['left', aGroup({ state: 'Empty' })]]) });
    expect(shown(left, { group: 'left' })).toEqual([
      'The group has committed nothing: it is new, or its topics were deleted.',
      'The group has no members.',
    ]);
  });

  test('tells a topic that is gone from one that could not be read', () => {
    const gone = aSnapshot({ groups: new Map([['g', aGroup({ committed: new Map([['old', [5]]]) })]]) });
    const sentence = 'Topic old does not exist (any more): the group still has offsets for it.';
    expect(shown(gone, { group: 'g' })).toContain(sentence);
    const failures = [{ part: 'partition', topic: 'old', partition: 0, code: 'TIMEOUT', message: 'x' }] as const;
    expect(shown({ ...gone, failures }, { group: 'g' })).not.toContain(sentence);
  });

  test('as JSON has its partitions', () => {
    const [line = ''] = shown(snapshot, { group: 'billing', json: true });
    expect(JSON.parse(line)).toMatchObject({
      group: 'billing',
      partitions: [
        {
          topic: 'orders',
          partition: 0,
          committedOffset: 1_180,
          logEndOffset: 1_300,
          lagMessages: 120,
          timeLagMs: null,
        },
        { topic: 'orders', partition: 1, committedOffset: null, memberId: 'billing-0-7f' },
      ],
    });
  });

  test('that is not there is named, with those that are', () => {
    expect(() => shown(snapshot, { group: 'biling' })).toThrow(
      expect.objectContaining({
        code: 'USAGE_INVALID',
        message: 'no group "biling" in cluster "prod": it has audit, billing, mail',
      }),
    );
  });

  test('that could not be read is not called missing', () => {
    const failures = [{ part: 'group', group: 'biling', code: 'TIMEOUT', message: 'no answer in 5 s' }] as const;
    expect(() => shown({ ...snapshot, failures }, { group: 'biling' })).toThrow(
      expect.objectContaining({
        code: 'BROKER_UNREACHABLE',
        message: 'group "biling" could not be read: no answer in 5 s',
      }),
    );
  });
});

test.each([
  { shownGroup: null, problem: true },
  { shownGroup: 'audit', problem: true },
  { shownGroup: 'billing', problem: false },
])('a problem counts where it is shown: $shownGroup', ({ shownGroup, problem }) => {
  expect(hasProblem(reportOf(snapshot, verdictsAtOneLook(snapshot)), { ...VIEW, group: shownGroup })).toBe(problem);
});

function shown(of: ClusterSnapshot, view: Partial<View> = {}): readonly string[] {
  return reportLines(reportOf(of, verdictsAtOneLook(of)), { ...VIEW, ...view });
}

function only(group: string): ClusterSnapshot {
  return { ...snapshot, groups: new Map([...snapshot.groups].filter(([name]) => name === group)) };
}
