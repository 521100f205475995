import { describe, expect, test } from 'vitest';
import { advance } from '../../../lambdas/core/incident/advance.ts';
import type { IncidentRecord } from '../../../lambdas/core/incident/incident.ts';
import type { GroupVerdict } from '../../../lambdas/core/status/verdict.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { aSighting } from '../../builders/observation.ts';
import { aGroupVerdict, aPartitionVerdict, aTroubledGroup } from '../../builders/verdict.ts';

const MINUTE = 60_000;
const settings = eagerSettings({ repeatIntervalMs: 10 * MINUTE });
const unknown = aGroupVerdict({ status: 'UNKNOWN' });

/** Plays one verdict a minute, as evaluation would, with every notice taken over at once. */
function play(
  verdicts: readonly GroupVerdict[],
  by = settings,
): { record: IncidentRecord | null; transitions: string[] } {
  let record: IncidentRecord | null = null;
  const transitions: string[] = [];
  for (const [minute, verdict] of verdicts.entries()) {
    const next: IncidentRecord | null = advance(record, aSighting(minute, verdict), by);
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
    const record = advance(null, aSighting(5, aTroubledGroup()), settings);
    expect(record).not.toBeNull();
    expect(advance(record, aSighting(5, aGroupVerdict()), settings)).toBeNull();
    expect(advance(record, aSighting(4, aGroupVerdict()), settings)).toBeNull();
  });

  test('the same step has the same ids, so that a repeat after a crash can be told from a new notice', () => {
    const [first, second] = [0, 1].map(() => advance(null, aSighting(5, aTroubledGroup()), settings));
    expect(first).toEqual(second);
    expect(first?.outbox[0]?.id).toBe('prod/billing/300000/300000/opened');
  });

  test('a notice that was not taken over stays before the next one', () => {
    const opened = advance(null, aSighting(1, aTroubledGroup()), settings);
    const recovered = advance(opened, aSighting(2, aGroupVerdict()), settings);
    expect(recovered?.outbox.map(({ transition }) => transition)).toEqual(['opened', 'recovered']);
    expect(recovered?.version).toBe(2);
  });

  test('a notice names the five worst partitions and counts the rest', () => {
    const stalled = [3, 9, 1, 7, 5, 2, 8].map((lagMessages) => aPartitionVerdict({ status: 'STALLED', lagMessages }));
    const verdict = aTroubledGroup('STALLED', {
      partitions: new Map([['orders', [...stalled, null, aPartitionVerdict()]]]),
    });
    const notice = advance(null, aSighting(1, verdict), settings)?.outbox[0];
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
    const opened = advance(null, aSighting(1, aTroubledGroup('STOPPED')), settings);
    const notice = advance(opened && { ...opened, outbox: [] }, aSighting(4, aGroupVerdict()), settings)?.outbox[0];
    expect(notice).toMatchObject({
      transition: 'recovered',
      kind: 'STOPPED',
      status: 'OK',
      openedAtMs: MINUTE + 1_234,
    });
  });
});

describe('what could flap has to last', () => {
  const patient = eagerSettings({ recoverAfterMs: 2 * MINUTE, changeAfterMs: 3 * MINUTE, expireAfterMs: 2 * MINUTE });
  const ok = aGroupVerdict();
  const stalled = aTroubledGroup('STALLED');
  const stopped = aTroubledGroup('STOPPED');
  const behind = aTroubledGroup('FALLING_BEHIND');

  test.each<{ why: string; verdicts: GroupVerdict[]; transitions: string[] }>([
    { why: 'one good sample is no recovery', verdicts: [stalled, ok, stalled, ok, stalled], transitions: ['0 opened'] },
    {
      why: 'good samples for long enough are one',
      verdicts: [stalled, ok, ok, ok, ok],
      transitions: ['0 opened', '3 recovered'],
    },
    {
      why: 'a sample without evidence neither ends nor begins the good time',
      verdicts: [stalled, ok, unknown, unknown, ok],
      transitions: ['0 opened', '4 recovered'],
    },
    {
      why: 'two kinds that take turns are one incident',
      verdicts: [stalled, stopped, stalled, stopped, stalled, stopped],
      transitions: ['0 opened'],
    },
    {
      why: 'another kind that stays is told',
      verdicts: [stalled, stopped, stopped, stopped, stopped],
      transitions: ['0 opened', '4 changed'],
    },
    {
      why: 'a turn for the worse is told at once',
      verdicts: [behind, stalled],
      transitions: ['0 opened', '1 worsened'],
    },
    {
      why: 'and the way back is not: a lighter kind is on its way out',
      verdicts: [behind, stalled, behind, behind, behind, behind, behind, behind],
      transitions: ['0 opened', '1 worsened'],
    },
  ])('$why', ({ verdicts, transitions }) => {
    expect(play(verdicts, patient).transitions).toEqual(transitions);
  });

  test('what was deleted expires, and does not begin again before it is back', () => {
    let record: IncidentRecord | null = null;
    const told: string[] = [];
    const gone = [false, true, true, true, true, true, false];
    for (const [minute, isGone] of gone.entries()) {
      const next: IncidentRecord | null = advance(record, aSighting(minute, stalled, { gone: isGone }), patient);
      told.push(...(next?.outbox ?? []).map(({ transition, status }) => `${minute} ${transition} ${status}`));
      record = next === null ? record : { ...next, outbox: [] };
    }
    expect(told).toEqual(['0 opened ERR', '3 expired UNKNOWN', '6 opened ERR']);
  });
});

test('the write that ends an incident carries it, with why it was opened and how it ended', () => {
  const reason = { rule: 'noProgress', numbers: {}, sentence: 'no progress for 190 s' };
  const opened = advance(null, aSighting(1, aTroubledGroup('STALLED', { reason })), settings);
  expect(opened).toMatchObject({ incident: { sentence: 'no progress for 190 s' }, ended: null });
  const over = advance(opened, aSighting(2, aGroupVerdict()), settings);
  expect(over).toMatchObject({ incident: null, ended: { incident: opened?.incident, ended: 'recovered' } });
  expect(over?.ended?.endedAtMs).toBe(aSighting(2, aGroupVerdict()).atMs);
});

describe('in silence', () => {
  const stalled = aTroubledGroup('STALLED');
  const hushed = { silent: true };

  test('nothing begins and nothing is repeated; it is told afterwards, with its real beginning', () => {
    const quiet = advance(null, aSighting(1, stalled, hushed), settings);
    expect(quiet).toMatchObject({ incident: { kind: 'STALLED', told: null }, outbox: [] });
    const after = advance(quiet, aSighting(9, stalled), settings);
    expect(after?.outbox).toMatchObject([{ transition: 'opened', openedAtMs: MINUTE + 1_234 }]);
  });

  test('what was over before the silence ended is never told', () => {
    const quiet = advance(null, aSighting(1, stalled, hushed), settings);
    expect(advance(quiet, aSighting(2, aGroupVerdict()), settings)).toMatchObject({ incident: null, outbox: [] });
  });

  test('that something told before is over is told all the same', () => {
    const opened = advance(null, aSighting(1, stalled), settings);
    const over = advance(opened && { ...opened, outbox: [] }, aSighting(2, aGroupVerdict(), hushed), settings);
    expect(over?.outbox).toMatchObject([{ transition: 'recovered', kind: 'STALLED' }]);
  });
});
