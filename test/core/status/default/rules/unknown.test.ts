import { describe, expect, test } from 'vitest';
import type { ClusterSnapshot } from '../../../../../lambdas/core/cluster/snapshot.ts';
import { judged, spellsOf } from '../../../../builders/judged.ts';
import { EMPTY, minutesOf } from '../../../../builders/one-partition.ts';
import { aGroup, aLog, aMember } from '../../../../builders/snapshots.ts';

const endAt = (minute: number): number => 5_000 + 100 * minute;
const steady = (minute: number) => ({ end: endAt(minute), committed: endAt(minute) });
const standing = (minute: number) => ({ end: endAt(minute), committed: endAt(Math.min(40, minute)) });

/** Two more groups on logs of their own, which do as `billing` does, or keep up. */
const withOthers =
  (together: boolean) =>
  (snapshot: ClusterSnapshot, minute: number): ClusterSnapshot => {
    const others = ['audit', 'mail'].map((name) => {
      const owner = aMember({ memberId: name, clientId: name, assigned: new Map([[name, [0]]]) });
      const committed = (together ? standing(minute) : steady(minute)).committed;
      return [name, aGroup({ members: [owner], committed: new Map([[name, [committed]]]) })] as const;
    });
    return {
      ...snapshot,
      topics: new Map([...snapshot.topics, ['audit', [aLog(endAt(minute))]], ['mail', [aLog(endAt(minute))]]]),
      groups: new Map([...snapshot.groups, ...others]),
    };
  };

/** `audit` keeps up all the same, and `mail` has always been half an hour behind in a second partition. */
function withOldBacklog(snapshot: ClusterSnapshot, minute: number): ClusterSnapshot {
  const [mail, log] = [snapshot.groups.get('mail'), snapshot.topics.get('mail')];
  const [one = null] = mail?.committed.get('mail') ?? [];
  if (mail === undefined || log === undefined) throw new Error('there is mail');
  const owner = aMember({ memberId: 'mail', clientId: 'mail', assigned: new Map([['mail', [0, 1]]]) });
  const behind = { ...mail, members: [owner], committed: new Map([['mail', [one, endAt(minute) - 3_000]]]) };
  const audit = aGroup({ members: [], committed: new Map([['audit', [endAt(minute)]]]) });
  return {
    ...snapshot,
    topics: new Map([...snapshot.topics, ['mail', [...log, aLog(endAt(minute))]]]),
    groups: new Map([...snapshot.groups, ['mail', behind], ['audit', audit]]),
  };
}

describe('what can not be judged is UNKNOWN, and says why', () => {
  test.each([
    {
      rule: 'tooFewSamples',
      why: 'work waits, and was seen once',
      snapshots: minutesOf(3, (minute) => ({ end: 5_000, committed: 100 * minute })),
      spells: ['0 UNKNOWN', '1 OK'],
    },
    {
      rule: 'rhythmUnknown',
      why: 'it stands since it was first seen: maybe it always commits so seldom',
      snapshots: minutesOf(60, (minute) => ({ end: endAt(minute), committed: 500 })),
      spells: ['0 UNKNOWN', '1 OK', '3 UNKNOWN', '45 STALLED'],
    },
    {
      rule: 'jobOrGone',
      why: 'nobody was ever there: a job between two runs looks the same',
      snapshots: minutesOf(60, (minute) => ({ end: endAt(minute), committed: 500, group: EMPTY })),
      spells: ['0 UNKNOWN', '1 OK', '2 UNKNOWN'],
    },
    {
      rule: 'notRead',
      why: 'it was not in the last snapshots: what it was is no evidence any more',
      snapshots: minutesOf(50, steady).map((snapshot, minute) =>
        minute < 40 ? snapshot : { ...snapshot, groups: new Map() },
      ),
      spells: ['0 OK', '45 UNKNOWN'],
    },
    {
      rule: 'clusterWide',
      why: 'all groups stand still at once: the cause is not this one, until it lasts',
      snapshots: minutesOf(65, standing).map(withOthers(true)),
      spells: ['0 OK', '43 UNKNOWN', '61 STALLED'],
    },
    {
      rule: 'logFrozen',
      why: 'its log stands still with it: the broker is in trouble, until it lasts',
      snapshots: minutesOf(70, (minute) => ({
        end: endAt(Math.min(40, minute)) + (minute > 40 ? 50 : 0),
        committed: endAt(Math.min(40, minute)),
      })),
      spells: ['0 OK', '43 UNKNOWN', '56 STALLED'],
    },
  ])('$rule: $why', ({ rule, snapshots, spells }) => {
    const verdicts = judged(snapshots);
    expect(spellsOf(verdicts)).toEqual(spells);
    const reasons = verdicts.flatMap(({ status, reason }) => (status === 'UNKNOWN' ? [reason?.rule] : []));
    expect(reasons).toContain(rule);
  });

  test('a group that has long been behind in one partition still tells of its cluster when its others follow', () => {
    const snapshots = minutesOf(65, standing).map(withOthers(true)).map(withOldBacklog);
    const byGroup = ['billing', 'mail'].map((group) => spellsOf(judged(snapshots, { group })));
    expect(byGroup).toEqual([
      ['0 OK', '43 UNKNOWN', '61 STALLED'],
      ['0 UNKNOWN', '1 OK', '43 UNKNOWN', '61 STALLED'],
    ]);
  });

  test.each([
    {
      why: 'two minutes later than the others: it has less to spare',
      until: 48,
      spells: ['0 OK', '43 UNKNOWN', '48 OK'],
    },
    {
      why: 'not long after the others: the trouble is its own',
      until: 60,
      spells: ['0 OK', '43 UNKNOWN', '49 STALLED', '60 OK'],
    },
  ])('a group that recovers from what its whole cluster had $why', ({ until, spells }) => {
    const resting = (end: number) => (minute: number) => (minute < end ? standing(minute) : steady(minute));
    const snapshots = minutesOf(70, resting(until)).map((snapshot, minute) =>
      withOthers(minute < 46)(snapshot, minute),
    );
    expect(spellsOf(judged(snapshots))).toEqual(spells);
  });

  test('a partition that nobody owns is told at once, whatever the whole cluster suffers from', () => {
    const unowned = { group: { members: [aMember()] } };
    const snapshots = minutesOf(50, (minute) => ({ ...standing(minute), ...(minute < 40 ? {} : unowned) }));
    expect(spellsOf(judged(snapshots.map(withOthers(true))))).toEqual(['0 OK', '42 STOPPED']);
  });

  test('a group that stands still alone is told at once, whatever the others do', () => {
    expect(spellsOf(judged(minutesOf(50, standing).map(withOthers(false))))).toEqual(['0 OK', '43 STALLED']);
  });
});
