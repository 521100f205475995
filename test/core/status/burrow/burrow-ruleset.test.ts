import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GroupSnapshot } from '../../../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot } from '../../../../lambdas/core/cluster/snapshot.ts';
import { burrowRuleset } from '../../../../lambdas/core/status/burrow/burrow-ruleset.ts';
import { BURROW_DEFAULTS } from '../../../../lambdas/core/status/burrow/settings.ts';
import type { GroupVerdict } from '../../../../lambdas/core/status/verdict.ts';
import { anySmallSnapshot } from '../../../builders/any-small-snapshot.ts';
import { aGroup, aLog, aMember, aSnapshot, T0_MS } from '../../../builders/snapshots.ts';

const MINUTE_MS = 60_000;

describe('over polled snapshots', () => {
  test('a member that owns a partition and no longer moves is STALLED once the whole window stands still', () => {
    const verdicts = judged(minutes(30, (minute) => ({ end: 100 * minute, committed: Math.min(100 * minute, 500) })));
    expect(statusesOf(verdicts)).toEqual([...Array(15).fill('OK'), ...Array(15).fill('ERR STALLED')]);
    expect(verdicts[15]).toMatchObject({
      lagMessages: 1_000,
      reason: {
        rule: 'stalled',
        numbers: { committedOffset: 500, unchangedMs: 9 * MINUTE_MS, lagMessages: 1_000 },
        sentence: 'orders-0: the committed offset stands at 500 for 9 min; 1,000 messages wait',
      },
    });
  });

  test('the same without an owner is STOPPED: the silence of a dead consumer', () => {
    const gone: Partial<GroupSnapshot> = { state: 'Empty', members: [] };
    const verdicts = judged(
      minutes(16, (minute) => ({
        end: 100 * minute,
        committed: Math.min(100 * minute, 500),
        group: minute > 5 ? gone : {},
      })),
    );
    expect(verdicts.at(-1)).toMatchObject({ status: 'ERR', kind: 'STOPPED' });
    expect(verdicts.at(-1)?.reason?.sentence).toMatch(/1,000 messages wait; nobody owns the partition$/);
  });

  test('without the members nobody can say that it stopped', () => {
    const verdicts = judged(minutes(16, (minute) => ({ end: 100 * minute, committed: 1, group: { members: null } })));
    expect(verdicts.at(-1)).toMatchObject({ kind: 'STALLED' });
  });

  test('commits that vanish are the silence that Burrow calls STOP', () => {
    const verdicts = judged(
      minutes(16, (minute) => ({ end: 100 * minute, committed: minute < 5 ? 100 * minute - 50 : null })),
    );
    expect(verdicts.at(-1)).toMatchObject({ kind: 'STOPPED', reason: { rule: 'stopped' } });
    expect(verdicts.at(-1)?.reason?.sentence).toBe(
      'orders-0: no commit for 11 min, longer than the 4 min of commits before; 1,150 messages wait',
    );
  });

  test('a deleted group is silent from then on', () => {
    const dead: Partial<GroupSnapshot> = { state: 'Dead', members: [], committed: new Map() };
    const verdicts = judged(
      minutes(16, (minute) => ({ end: 100 * minute, committed: 100 * minute - 50, group: minute < 5 ? {} : dead })),
    );
    expect(verdicts.at(-1)).toMatchObject({ kind: 'STOPPED', reason: { rule: 'stopped' } });
  });

  test('an offset that went back is REWIND until it is reached again', () => {
    const committed = [500, 600, 200, 300, 599, 600, 700];
    const verdicts = judged(minutes(7, (minute) => ({ end: 1_000, committed: committed[minute] ?? 0 })));
    expect(statusesOf(verdicts).slice(2)).toEqual(['ERR REWIND', 'ERR REWIND', 'ERR REWIND', 'OK', 'OK']);
    expect(verdicts[2]?.reason?.sentence).toBe(
      'orders-0: the committed offset went back from 600 to 200 and has not come as far again; 800 messages wait',
    );
  });

  test('a backlog that only ever grows is FALLING_BEHIND', () => {
    const verdicts = judged(minutes(12, (minute) => ({ end: 100 * minute + 10, committed: 60 * minute })));
    expect(verdicts.at(-1)).toMatchObject({ status: 'WARN', kind: 'FALLING_BEHIND', lagMessages: 450 });
    expect(verdicts.at(-1)?.reason?.sentence).toBe('orders-0: the lag went from 90 to 450 in 9 min and never fell');
  });

  test('time lag is interpolated between the log ends', () => {
    const [, , verdict] = judged(minutes(3, (minute) => ({ end: 199 * minute, committed: 298 })));
    expect(verdict?.timeLag).toEqual({ kind: 'known', timeLagMs: 30_000 });
  });
});

test('a window that has to be full first is UNKNOWN until it is', () => {
  const run = burrowRuleset({ ...BURROW_DEFAULTS, minimumCompleteRatio: 1 }).begin(null);
  const verdicts = minutes(12, (minute) => ({ end: 100 * minute, committed: 0 })).flatMap((next) => run.advance(next));
  expect(statusesOf(verdicts)).toEqual([...Array(9).fill('UNKNOWN'), 'OK', 'ERR STALLED', 'ERR STALLED']);
  expect(verdicts[2]?.reason).toEqual({
    rule: 'tooIncomplete',
    numbers: { commits: 3 },
    sentence: 'orders-0: only 30 % of the window is filled yet',
  });
});

describe('what was not read', () => {
  const stalled = (minute: number) => ({ end: 100 * minute, committed: Math.min(100 * minute, 500) });

  test.each([
    { why: 'the group', without: { groups: new Map() } },
    { why: 'the topic', without: { topics: new Map() } },
    { why: 'the partition', without: { topics: new Map([['orders', [null]]]) } },
  ])('$why keeps its verdict for half a window, then is UNKNOWN, and is judged again at once', ({ without }) => {
    const snapshots = minutes(30, stalled).map((snapshot, minute) =>
      minute >= 20 && minute < 28 ? { ...snapshot, ...without } : snapshot,
    );
    const verdicts = judged(snapshots);
    expect(statusesOf(verdicts).slice(19)).toEqual([
      ...Array(6).fill('ERR STALLED'),
      ...Array(3).fill('UNKNOWN'),
      ...Array(2).fill('ERR STALLED'),
    ]);
    expect(verdicts[24]?.lagMessages).toBe(verdicts[19]?.lagMessages);
    expect(verdicts[27]).toMatchObject({ lagMessages: null, timeLag: { kind: 'unknown' } });
    expect(verdicts[27]?.reason?.sentence).toBe('orders-0: not read for 8 min');
  });

  test('a group that nobody has seen for as long as Burrow keeps one is forgotten', () => {
    const run = burrowRuleset({ ...BURROW_DEFAULTS, expireGroupMs: 10 * MINUTE_MS }).begin(null);
    const [first = aSnapshot()] = minutes(1, stalled);
    run.advance(first);
    const lengthAfter = (ms: number) => run.advance(aSnapshot({ atMs: T0_MS + ms })).length;
    expect([lengthAfter(10 * MINUTE_MS), lengthAfter(10 * MINUTE_MS + 1)]).toEqual([1, 0]);
    expect(Buffer.from(run.checkpoint(first)).toString()).not.toMatch(/billing|orders/);
  });

  test.each([
    { why: 'a share group', group: { type: 'share' as const }, rule: 'shareGroup' },
    { why: 'a group without a commit', group: { committed: new Map() }, rule: 'noCommits' },
  ])('$why is UNKNOWN, and forgotten once it is absent', ({ group, rule }) => {
    const run = burrowRuleset().begin(null);
    const [snapshot = aSnapshot()] = minutes(1, () => ({ end: 5, committed: 0, group }));
    expect(run.advance(snapshot)).toMatchObject([
      { status: 'UNKNOWN', kind: null, reason: { rule }, lagMessages: null },
    ]);
    expect(run.advance(aSnapshot({ atMs: T0_MS + 1 }))).toEqual([]);
  });

  test('a snapshot that is not newer repeats the last verdicts and changes nothing', () => {
    const snapshots = minutes(16, stalled);
    const [straight, stuttering] = [burrowRuleset().begin(null), burrowRuleset().begin(null)];
    for (const [index, snapshot] of snapshots.entries()) {
      const verdicts = straight.advance(snapshot);
      expect(stuttering.advance(snapshot)).toEqual(verdicts);
      const late = { ...(snapshots[index - 1] ?? snapshot), groups: new Map() };
      expect(stuttering.advance(late)).toEqual(verdicts);
    }
    const [last = aSnapshot()] = snapshots.slice(-1);
    expect(stuttering.checkpoint(last)).toEqual(straight.checkpoint(last));
  });
});

describe('a checkpoint', () => {
  test('carries on as if the run had never been cut', () => {
    fc.assert(
      fc.property(fc.array(anySmallSnapshot, { minLength: 1, maxLength: 25 }), fc.nat(), (parts, cut) => {
        const snapshots = parts.map((part, index) => ({
          ...part,
          atMs: T0_MS + index * MINUTE_MS + (part.atMs % 5_000),
        }));
        const [straight, first] = [burrowRuleset().begin(null), burrowRuleset().begin(null)];
        const at = cut % snapshots.length;
        for (const snapshot of snapshots.slice(0, at)) {
          straight.advance(snapshot);
          first.advance(snapshot);
        }
        const [last = aSnapshot({ atMs: 0 })] = snapshots.slice(0, at);
        const second = burrowRuleset().begin({ checkpoint: first.checkpoint(last), last });
        expect(second.advance(last)).toEqual(straight.advance(last));
        for (const snapshot of snapshots.slice(at)) {
          expect(second.advance(snapshot)).toEqual(straight.advance(snapshot));
        }
        expect(second.checkpoint(last)).toEqual(straight.checkpoint(last));
      }),
    );
  });

  test.each([
    { why: 'another ruleset', checkpoint: { rules: 'default' }, says: '{"rules":"default"} instead of a list' },
    { why: 'another format', checkpoint: [99], says: 'format 99 instead of 1' },
    { why: 'nothing', checkpoint: [], says: 'format undefined instead of 1' },
    { why: 'a part that is missing', checkpoint: [1, 3, [0]], says: 'nothing instead of a list' },
    { why: 'a broken number', checkpoint: [1, 1.5, [0], [], [], []], says: '1.5 instead of a whole number' },
  ])('of $why is refused', ({ checkpoint, says }) => {
    const stored = { checkpoint: Buffer.from(JSON.stringify(checkpoint)), last: aSnapshot() };
    expect(() => burrowRuleset().begin(stored)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining(says) }),
    );
  });
});

interface Moment {
  readonly end: number;
  readonly committed: number | null;
  readonly group?: Partial<GroupSnapshot>;
}

/** One group with one partition, a snapshot a minute. */
function minutes(count: number, momentAt: (minute: number) => Moment): ClusterSnapshot[] {
  return Array.from({ length: count }, (_, minute) => {
    const { end, committed, group } = momentAt(minute);
    const owner = aMember({ assigned: new Map([['orders', [0]]]) });
    return aSnapshot({
      atMs: T0_MS + minute * MINUTE_MS,
      topics: new Map([['orders', [aLog(end)]]]),
      groups: new Map([
        ['billing', aGroup({ members: [owner], committed: new Map([['orders', [committed]]]), ...group })],
      ]),
    });
  });
}

function judged(snapshots: readonly ClusterSnapshot[]): readonly GroupVerdict[] {
  const run = burrowRuleset().begin(null);
  return snapshots.flatMap((snapshot) => run.advance(snapshot));
}

const statusesOf = (verdicts: readonly GroupVerdict[]) =>
  verdicts.map(({ status, kind }) => (kind === null ? status : `${status} ${kind}`));
