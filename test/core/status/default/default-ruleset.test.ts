import { describe, expect, test } from 'vitest';
import type { GroupVerdict } from '../../../../lambdas/core/status/verdict.ts';
import { judged, spellsOf } from '../../../builders/judged.ts';
import { EMPTY, type Minute, minutesOf } from '../../../builders/one-partition.ts';
import { aMember } from '../../../builders/snapshots.ts';

/** Hundred messages a minute, all of them read. */
const steady = (minute: number): Minute => ({ end: 1_000 + 100 * minute, committed: 1_000 + 100 * minute });

/** The same until that minute; then nothing is committed any more. */
const until =
  (stop: number, then: Partial<Minute> = {}) =>
  (minute: number): Minute =>
    minute <= stop ? steady(minute) : { ...steady(minute), committed: steady(stop).committed, ...then };

describe('a group that stands still', () => {
  test('with its member there is STALLED at the third sample without progress', () => {
    const verdicts = judged(minutesOf(40, until(30)));
    expect(statusesOf(verdicts).slice(29)).toEqual([...Array(4).fill('OK'), ...Array(7).fill('ERR STALLED')]);
    expect(verdicts[35]?.reason).toEqual({
      rule: 'noProgress',
      numbers: { idleMs: 299_406, lagMessages: 500, usualMs: 60_000 },
      sentence: 'orders-0: no progress for 4 min with 500 waiting; usual 60 s; owner billing-0 at /10.0.0.1',
    });
  });

  test('without members is STOPPED at the second sample that shows it', () => {
    const verdicts = judged(minutesOf(40, until(30, { group: EMPTY })));
    expect(statusesOf(verdicts).slice(29)).toEqual([...Array(3).fill('OK'), ...Array(8).fill('ERR STOPPED')]);
    expect(verdicts[35]?.reason?.sentence).toBe(
      'orders-0: no progress for 4 min with 500 waiting; usual 60 s; the group has no members',
    );
  });
});

test('what stands still is never drained: rates that reach back to when it moved said in how many seconds', () => {
  const catchingUp = (minute: number): Minute => ({ end: 9_000 + 100 * minute, committed: 900 * Math.min(minute, 9) });
  const [stalled] = judged(minutesOf(20, catchingUp)).filter(({ kind }) => kind === 'STALLED');
  expect(stalled?.measures?.consumedPerS).toMatchObject({ kind: 'known', value: 15 });
  expect(stalled?.measures?.drainEtaMs).toMatchObject({ kind: 'never' });
});

test('a topic that was recreated, and its commits with it, leaves no offset: null, not NaN as it used to be', () => {
  const recreated = { end: 5, committed: null, group: EMPTY };
  const verdicts = judged(minutesOf(40, (minute) => (minute < 30 ? steady(minute) : recreated)));
  expect(verdicts.at(-1)?.partitions.get('orders')?.[0]).toMatchObject({ committedOffset: null, lagMessages: null });
});

describe('a share group', () => {
  const sharing =
    (stop: number, aheadMessages = 0) =>
    (minute: number): Minute => {
      const { end } = steady(minute);
      const startOffset = steady(Math.min(minute, stop)).end + aheadMessages;
      const members = ['a', 'b'].map((memberId) => aMember({ memberId, assigned: new Map([['orders', [0]]]) }));
      const share = new Map([['orders', [{ startOffset, lagMessages: Math.max(89, end - startOffset) }]]]);
      return { end, committed: null, group: { type: 'share', members, committed: new Map(), share } };
    };

  test('whose lag is read after its log may be ahead of it: that was FALLING_BEHIND for NaN hours', () => {
    const verdicts = judged(minutesOf(60, sharing(60, 20)));
    expect(spellsOf(verdicts)).toEqual(['0 UNKNOWN', '1 OK']);
    expect(new Set(verdicts.map(({ timeLag }) => timeLag.kind))).toEqual(new Set(['known']));
  });

  test('that stands still is told with all who share it', () => {
    const verdicts = judged(minutesOf(50, sharing(40)));
    expect(spellsOf(verdicts)).toEqual(['0 UNKNOWN', '1 OK', '43 STALLED']);
    expect(verdicts.at(-1)?.reason?.sentence).toContain('; shared by 2 members');
  });
});

const statusesOf = (verdicts: readonly GroupVerdict[]) =>
  verdicts.map(({ status, kind }) => (kind === null ? status : `${status} ${kind}`));
