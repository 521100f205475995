import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance } from '../../../lambdas/core/incident/advance.ts';
import type { IncidentRecord } from '../../../lambdas/core/incident/incident.ts';
import type { GroupVerdict, ProblemKind } from '../../../lambdas/core/status/verdict.ts';
import { aGroupVerdict, aPartitionVerdict, aTroubledGroup } from '../../builders/verdict.ts';

const MINUTE = 60_000;
const settings = { repeatIntervalMs: 10 * MINUTE };
const unknown = aGroupVerdict({ status: 'UNKNOWN' });

const seen = (minute: number, verdict: GroupVerdict) => ({
  cluster: 'prod',
  slotMs: minute * MINUTE,
  atMs: minute * MINUTE + 1_234,
  verdict,
});

/** Plays one verdict a minute, as evaluation would, with every notice taken over at once. */
function play(verdicts: readonly GroupVerdict[]): { record: IncidentRecord | null; transitions: string[] } {
  let record: IncidentRecord | null = null;
  const transitions: string[] = [];
  for (const [minute, verdict] of verdicts.entries()) {
    const next: IncidentRecord | null = advance(record, seen(minute, verdict), settings);
    if (next === null) continue;
    transitions.push(...next.outbox.map(({ transition }) => `${minute} ${transition}`));
    record = { ...next, outbox: [] };
  }
  return { record, transitions };
}

describe('an incident', () => {
  test.each<{ why: string; verdicts: GroupVerdict[]; transitions: string[] }>([
    { why: 'a healthy group is never told of', verdicts: [aGroupVerdict(), aGroupVerdict()], transitions: [] },
    {
      why: 'opens once and recovers once',
      verdicts: [aGroupVerdict(), aTroubledGroup(), aTroubledGroup(), aGroupVerdict(), aGroupVerdict()],
      transitions: ['1 opened', '3 recovered'],
    },
    { why: 'lack of evidence opens nothing', verdicts: [unknown, unknown], transitions: [] },
    {
      why: 'lack of evidence closes nothing',
      verdicts: [aTroubledGroup(), unknown, aTroubledGroup()],
      transitions: ['0 opened'],
    },
    {
      why: 'a warning that becomes an error has worsened, whatever its kind',
      verdicts: [aTroubledGroup('FALLING_BEHIND'), aTroubledGroup('STALLED')],
      transitions: ['0 opened', '1 worsened'],
    },
    {
      why: 'another kind of error is a change',
      verdicts: [aTroubledGroup('STALLED'), aTroubledGroup('STOPPED')],
      transitions: ['0 opened', '1 changed'],
    },
    {
      why: 'an open incident is told again after the repeat interval, counted from the last notice',
      verdicts: Array.from({ length: 21 }, () => aTroubledGroup()),
      transitions: ['0 opened', '10 reminded', '20 reminded'],
    },
  ])('$why', ({ verdicts, transitions }) => {
    expect(play(verdicts).transitions).toEqual(transitions);
  });

  test('a slot that was taken changes nothing, nor does one before it', () => {
    const record = advance(null, seen(5, aTroubledGroup()), settings);
    expect(record).not.toBeNull();
    expect(advance(record, seen(5, aGroupVerdict()), settings)).toBeNull();
    expect(advance(record, seen(4, aGroupVerdict()), settings)).toBeNull();
  });

  test('the same step has the same ids, so that a repeat after a crash can be told from a new notice', () => {
    const [first, second] = [0, 1].map(() => advance(null, seen(5, aTroubledGroup()), settings));
    expect(first).toEqual(second);
    expect(first?.outbox[0]?.id).toBe('prod/billing/300000/300000/opened');
  });

  test('a notice that was not taken over stays before the next one', () => {
    const opened = advance(null, seen(1, aTroubledGroup()), settings);
    const recovered = advance(opened, seen(2, aGroupVerdict()), settings);
    expect(recovered?.outbox.map(({ transition }) => transition)).toEqual(['opened', 'recovered']);
    expect(recovered?.version).toBe(2);
  });

  test('a notice names the five worst partitions and counts the rest', () => {
    const stalled = [3, 9, 1, 7, 5, 2, 8].map((lagMessages) => aPartitionVerdict({ status: 'STALLED', lagMessages }));
    const verdict = aTroubledGroup('STALLED', {
      partitions: new Map([['orders', [...stalled, null, aPartitionVerdict()]]]),
    });
    const notice = advance(null, seen(1, verdict), settings)?.outbox[0];
    expect(notice?.partitions.map(({ partition, lagMessages }) => [partition, lagMessages])).toEqual([
      [1, 9],
      [6, 8],
      [3, 7],
      [4, 5],
      [0, 3],
    ]);
    expect(notice?.morePartitions).toBe(2);
    expect(notice?.partitions[0]?.owner).toBe('billing-1 at /10.0.0.1');
  });

  test('a recovery says what is over', () => {
    const opened = advance(null, seen(1, aTroubledGroup('STOPPED')), settings);
    const notice = advance(opened && { ...opened, outbox: [] }, seen(4, aGroupVerdict()), settings)?.outbox[0];
    expect(notice).toMatchObject({
      transition: 'recovered',
      kind: 'STOPPED',
      status: 'OK',
      openedAtMs: MINUTE + 1_234,
    });
  });
});

const anyVerdict = fc.oneof(
  fc.constant(aGroupVerdict()),
  fc.constant(unknown),
  fc
    .constantFrom<ProblemKind>('STOPPED', 'STALLED', 'FALLING_BEHIND', 'REBALANCE_STORM')
    .map((kind) => aTroubledGroup(kind)),
);

test('whatever is observed, openings and recoveries alternate and no reminder comes before its interval', () => {
  fc.assert(
    fc.property(fc.array(anyVerdict, { maxLength: 60 }), (verdicts) => {
      const { record, transitions } = play(verdicts);
      const told = transitions.map((text) => text.split(' ') as [string, string]);
      const edges = told
        .map(([, transition]) => transition)
        .filter((name) => name === 'opened' || name === 'recovered');
      expect(edges).toEqual(edges.map((_, index) => (index % 2 === 0 ? 'opened' : 'recovered')));
      expect(record === null || record.incident === null).toBe(edges.length % 2 === 0);
      for (const [index, [minute, transition]] of told.entries()) {
        if (transition === 'reminded') expect(Number(minute) - Number(told[index - 1]?.[0])).toBeGreaterThanOrEqual(10);
      }
    }),
  );
});
