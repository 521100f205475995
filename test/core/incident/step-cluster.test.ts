import { describe, expect, test } from 'vitest';
import type { ReadFailure } from '../../../lambdas/core/cluster/snapshot.ts';
import type { IncidentRecord } from '../../../lambdas/core/incident/incident.ts';
import type { IncidentSettings } from '../../../lambdas/core/incident/incident-settings.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import { stepCluster } from '../../../lambdas/core/incident/step-cluster.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { aGroup, aLog, aSnapshot } from '../../builders/snapshots.ts';
import { aGroupVerdict, aTroubledGroup } from '../../builders/verdict.ts';

const MINUTE = 60_000;
const brokerDown: ReadFailure = { part: 'broker', broker: 'b-2:9092', code: 'TIMEOUT', message: 'b-2 does not answer' };

/** One minute: which groups there are, in trouble or not, and what could not be read. */
interface Minute {
  readonly bad?: readonly string[];
  readonly good?: readonly string[];
  readonly failures?: readonly ReadFailure[];
  readonly topics?: readonly string[];
  /** In trouble by the last verdict, yet absent from this snapshot. */
  readonly absent?: readonly string[];
}

function play(minutes: readonly Minute[], settings: IncidentSettings, isSilent = (_: string | null) => false) {
  const records = new Map<string | null, IncidentRecord>();
  const told: Notice[] = [];
  for (const [minute, shown] of minutes.entries()) {
    const { bad = [], good = [], failures = [], topics = ['orders'], absent = [] } = shown;
    const snapshot = aSnapshot({
      atMs: minute * MINUTE,
      failures,
      topics: new Map(topics.map((topic) => [topic, [aLog(107)]])),
      groups: new Map([...bad, ...good].map((group) => [group, aGroup()])),
    });
    const verdicts = [
      ...[...bad, ...absent].map((group) => aTroubledGroup('STALLED', { group })),
      ...good.map((group) => aGroupVerdict({ group })),
    ];
    for (const record of stepCluster(records, { slotMs: minute * MINUTE, snapshot, verdicts }, settings, isSilent)) {
      told.push(...record.outbox);
      records.set(record.group, { ...record, outbox: [] });
    }
  }
  const lines = told.map(
    ({ atMs, group, transition, kind }) => `${atMs / MINUTE} ${group ?? '-'} ${transition} ${kind}`,
  );
  return { told, lines };
}

describe('a storm', () => {
  const settings = eagerSettings({ storm: { groups: 3, withinMs: 5 * MINUTE }, recoverAfterMs: MINUTE });

  test('is one notice for the cluster, and its end another', () => {
    const { lines, told } = play(
      [{ bad: ['a', 'b', 'c'] }, { good: ['a', 'b', 'c'] }, { good: ['a', 'b', 'c'] }],
      settings,
    );
    expect(lines).toEqual(['0 - opened STORM', '2 - recovered STORM']);
    expect(told[0]?.reason?.sentence).toBe('3 groups got into trouble within 5 min: a, b, c');
  });

  test('that builds up is told once it is one; those told before recover by themselves', () => {
    const all = { good: ['a', 'b', 'c', 'd'] };
    const { lines } = play(
      [{ bad: ['a'] }, { bad: ['a', 'b'] }, { bad: ['a', 'b', 'c'] }, { bad: ['a', 'b', 'c', 'd'] }, all, all],
      settings,
    );
    expect(lines).toEqual([
      '0 a opened STALLED',
      '1 b opened STALLED',
      '2 - opened STORM',
      '5 - recovered STORM',
      '5 a recovered STALLED',
      '5 b recovered STALLED',
    ]);
  });

  test('that is over leaves those that are still in trouble to be told', () => {
    const { lines, told } = play(
      [{ bad: ['a', 'b', 'c'] }, ...Array.from({ length: 3 }, () => ({ bad: ['a'], good: ['b', 'c'] }))],
      settings,
    );
    expect(lines).toEqual(['0 - opened STORM', '2 - recovered STORM', '2 a opened STALLED']);
    expect(told[2]?.openedAtMs).toBe(0);
  });

  test('speaks for its own groups only: one that gets into trouble much later is told', () => {
    const later = Array.from({ length: 8 }, () => ({ bad: ['a', 'b', 'c'], good: ['d'] }));
    const { lines } = play([...later, { bad: ['a', 'b', 'c', 'd'] }], settings);
    expect(lines).toEqual(['0 - opened STORM', '8 d opened STALLED']);
  });

  test('takes two groups when a broker does not answer, and says so', () => {
    const { told } = play([{ bad: ['a', 'b'], failures: [brokerDown] }], settings);
    expect(told.map(({ group, reason }) => [group, reason?.sentence])).toEqual([
      [null, "2 groups got into trouble within 5 min: a, b; 1 broker can't be read"],
    ]);
  });

  test('does not count what is silent', () => {
    const { lines } = play([{ bad: ['a', 'b', 'c'] }], settings, (group) => group === 'b');
    expect(lines).toEqual(['0 a opened STALLED', '0 c opened STALLED']);
  });
});

describe('a cluster that can be read in part only', () => {
  const settings = eagerSettings({ unreadableAfterMs: 3 * MINUTE });
  const failing = { good: ['a'], failures: [brokerDown] };

  test('is told once it has lasted, with when it began, and once more when it is over', () => {
    const { lines, told } = play(
      [{ good: ['a'] }, ...Array.from({ length: 9 }, () => failing), { good: ['a'] }],
      settings,
    );
    expect(lines).toEqual(['4 - opened UNREADABLE', '10 - recovered UNREADABLE']);
    expect(told[0]).toMatchObject({
      openedAtMs: MINUTE,
      status: 'UNKNOWN',
      reason: { sentence: "1 broker can't be read; the first: b-2 does not answer (TIMEOUT)" },
    });
  });

  test('for a moment is not told', () => {
    expect(play([failing, failing, { good: ['a'] }, failing, failing], settings).lines).toEqual([]);
  });
});

describe('what was deleted', () => {
  const settings = eagerSettings({ expireAfterMs: 2 * MINUTE });

  test.each<{ why: string; after: Minute; lines: string[] }>([
    { why: 'a group that is gone from whole readings', after: { absent: ['a'] }, lines: ['3 a expired STALLED'] },
    { why: 'a topic that is gone from them', after: { bad: ['a'], topics: [] }, lines: ['3 a expired STALLED'] },
    {
      why: 'not what a broker that is down has taken along',
      after: { absent: ['a'], failures: [brokerDown] },
      lines: [],
    },
    {
      why: 'not a group that could not be read',
      after: { absent: ['a'], failures: [{ part: 'group', group: 'a', code: 'NOT_COORDINATOR', message: 'moved' }] },
      lines: [],
    },
    {
      why: 'not a topic of which a partition could not be read',
      after: {
        bad: ['a'],
        topics: [],
        failures: [{ part: 'partition', topic: 'orders', partition: 0, code: 'TIMEOUT', message: 'late' }],
      },
      lines: [],
    },
  ])('$why', ({ after, lines }) => {
    const { lines: all } = play([{ bad: ['a'] }, ...Array.from({ length: 5 }, () => after)], {
      ...settings,
      unreadableAfterMs: 3_600_000,
    });
    expect(all).toEqual(['0 a opened STALLED', ...lines]);
  });

  test('an incident that the rules have forgotten still ends', () => {
    const { lines } = play([{ bad: ['a'] }, {}, {}, {}], settings);
    expect(lines).toEqual(['0 a opened STALLED', '3 a expired STALLED']);
  });
});
