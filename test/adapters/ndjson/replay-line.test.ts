import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderRelease } from '../../../lambdas/adapters/ndjson/release-line.ts';
import { parseReplayLine } from '../../../lambdas/adapters/ndjson/replay-line.ts';
import { renderSnapshot } from '../../../lambdas/adapters/ndjson/snapshot-line.ts';
import type { GroupSnapshot } from '../../../lambdas/core/cluster/group.ts';
import { SluicegateError } from '../../../lambdas/core/errors.ts';
import type { Release } from '../../../lambdas/core/release/release.ts';
import { anySnapshot } from '../../builders/any-snapshot.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../builders/snapshots.ts';

const place = { source: 'history.ndjson', number: 7 };
const parse = (value: unknown) => parseReplayLine(JSON.stringify(value), place);

describe('a snapshot line', () => {
  test('the example of the format', () => {
    const text =
      '{"at":1767225600000,"cluster":"prod","topics":{"orders":[{"start":0,"end":1200},{"start":0,"end":900}]},' +
      '"groups":{"billing":{"state":"Stable","type":"classic","members":[{"id":"c-1-uuid","client":"billing-v1-0",' +
      '"host":"/10.0.0.1","instance":null,"assigned":{"orders":[0,1]}}],"committed":{"orders":[1180,null]}}}}';
    expect(parseReplayLine(text, place)).toEqual({
      kind: 'snapshot',
      snapshot: aSnapshot({
        topics: new Map([['orders', [aLog(1200), aLog(900)]]]),
        groups: new Map([
          [
            'billing',
            aGroup({
              members: [
                aMember({ memberId: 'c-1-uuid', clientId: 'billing-v1-0', assigned: new Map([['orders', [0, 1]]]) }),
              ],
              committed: new Map([['orders', [1180, null]]]),
            }),
          ],
        ]),
      }),
    });
    expect(renderSnapshot(snapshotOf(text))).toBe(text);
  });

  test('parsing what was rendered gives the same snapshot', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(snapshotOf(renderSnapshot(snapshot))).toStrictEqual(snapshot);
      }),
    );
  });

  test('a rendered snapshot is one line', () => {
    fc.assert(fc.property(anySnapshot, (snapshot) => !renderSnapshot(snapshot).includes('\n')));
  });

  test('a topic named __proto__ is a topic like any other', () => {
    const text = '{"at":1,"cluster":"c","topics":{"__proto__":[{"start":0,"end":5}]},"groups":{}}';
    expect(snapshotOf(text).topics).toEqual(new Map([['__proto__', [aLog(5)]]]));
    expect(renderSnapshot(snapshotOf(text))).toBe(text);
  });

  test.each<{ why: string; group: object; expected: Partial<GroupSnapshot> }>([
    { why: 'unknown fields are for later readers', group: { note: 'x' }, expected: {} },
    { why: 'a state that a later Kafka adds', group: { state: 'Hibernating' }, expected: { state: 'Unknown' } },
    { why: 'members that are not recorded are not known', group: { members: undefined }, expected: { members: null } },
    {
      why: 'kafkajs commits a negative offset for a moment: no position',
      group: { committed: { orders: [-1] } },
      expected: { committed: new Map([['orders', [null]]]) },
    },
    {
      why: 'an assignment is put in order',
      group: { members: [{ id: 'm', client: 'c', host: 'h', assigned: { orders: [2, 0] } }] },
      expected: {
        members: [aMember({ memberId: 'm', clientId: 'c', host: 'h', assigned: new Map([['orders', [0, 2]]]) })],
      },
    },
  ])('$why', ({ group, expected }) => {
    const line = { at: 1, cluster: 'c', topics: {}, groups: { billing: { ...wire, ...group } } };
    expect(snapshotOf(JSON.stringify(line)).groups.get('billing')).toEqual(aGroup(expected));
  });
});

describe('a line that does not fit', () => {
  test.each([
    { line: {}, says: '/at is missing: expected epoch milliseconds' },
    { line: [], says: 'the line is []: expected a JSON object' },
    { line: { at: '1' }, says: '/at is "1": expected epoch milliseconds' },
    { line: { at: 1 }, says: '/cluster is missing: expected a string' },
    { line: cluster({ topics: [] }), says: '/topics is []: expected an object by topic' },
    { line: cluster({ topics: { 'a/b~c': 3 } }), says: '/topics/a~1b~0c is 3: expected an array by partition' },
    {
      line: cluster({ topics: { t: [null, { start: 0 }] } }),
      says: '/topics/t/1/end is missing: expected a whole number',
    },
    {
      line: cluster({ topics: { t: [{ start: 0, end: 1.5 }] } }),
      says: '/topics/t/0/end is 1.5: expected a whole number',
    },
    { line: cluster({ groups: { g: null } }), says: '/groups/g is null: expected an object' },
    { line: groupLine({ state: 5 }), says: '/groups/g/state is 5: expected a group state' },
    {
      line: groupLine({ type: 'mob' }),
      says: '/groups/g/type is "mob": expected one of classic, consumer, share, streams',
    },
    { line: groupLine({ members: [{}] }), says: '/groups/g/members/0/id is missing: expected a string' },
    { line: groupLine({ committed: { t: ['9'] } }), says: '/groups/g/committed/t/0 is "9": expected a whole number' },
    {
      line: groupLine({ committed: { t: [2 ** 60] } }),
      says: '/groups/g/committed/t/0 is 1152921504606847000: expected a',
    },
    {
      line: { ...cluster({}), failures: [{ part: 'moon' }] },
      says: '/failures/0/part is "moon": expected one of broker',
    },
    { line: { release: { id: 'r' } }, says: '/release/group is missing: expected a string' },
    {
      line: { release: { ...release, strategy: 'yolo' } },
      says: '/release/strategy is "yolo": expected one of canary',
    },
    { line: { release: { ...release, canary: {} } }, says: '/release/canary is {}: expected a pattern' },
    {
      line: { release: { ...release, canary: { client: '(' } } },
      says: '/release/canary/client is "(": expected a regular',
    },
    { line: { at: 'x'.repeat(99) }, says: `/at is "${'x'.repeat(59)}…: expected` },
  ])('says where and what: $says', ({ line, says }) => {
    expect(() => parse(line)).toThrow(`history.ndjson line 7: ${says}`);
  });

  test('text that is not JSON', () => {
    expect(() => parseReplayLine('{"at":', place)).toThrow(/^history\.ndjson line 7: not JSON \(.+\)\. Correct/);
  });

  test('carries the code for the exit', () => {
    expect(() => parse(null)).toThrow(expect.objectContaining({ code: 'REPLAY_MALFORMED' }));
    expect(() => parse(null)).toThrow(SluicegateError);
  });
});

test('a release line is read and rendered back', () => {
  const expected: Release = {
    id: 'gp000',
    group: 'billing',
    strategy: 'canary',
    startedAtMs: T0_MS,
    canary: { client: '^billing-v2', instance: null, host: null },
    deadlineMs: 1_800_000,
  };
  expect(parse({ release })).toEqual({ kind: 'release', release: expected });
  expect(renderRelease(expected)).toBe(JSON.stringify({ release }));
});

const wire = { state: 'Stable', type: 'classic', members: [], committed: {} };

const release = {
  id: 'gp000',
  group: 'billing',
  strategy: 'canary',
  startedAt: T0_MS,
  canary: { client: '^billing-v2' },
  deadlineMs: 1_800_000,
};

function cluster(part: object): object {
  return { at: 1, cluster: 'c', topics: {}, groups: {}, ...part };
}

function groupLine(part: object): object {
  return cluster({ groups: { g: { ...wire, ...part } } });
}

function snapshotOf(text: string) {
  const line = parseReplayLine(text, place);
  if (line.kind !== 'snapshot') throw new Error(`a ${line.kind} line`);
  return line.snapshot;
}
