import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldBackBy } from '../../../lambdas/core/incident/hold-back.ts';
import type { IncidentKind, IncidentRecord } from '../../../lambdas/core/incident/incident.ts';
import type { Notice } from '../../../lambdas/core/incident/notice.ts';
import { stepCluster } from '../../../lambdas/core/incident/step-cluster.ts';
import type { LedgerEntry } from '../../../lambdas/core/release/ledger-entry.ts';
import type { ProblemKind } from '../../../lambdas/core/status/verdict.ts';
import { eagerSettings } from '../../builders/incident-settings.ts';
import { aDecision, anEntry } from '../../builders/ledger-entry.ts';
import { aGroup, aLog, aSnapshot, T0_MS } from '../../builders/snapshots.ts';
import { aGroupVerdict, aTroubledGroup } from '../../builders/verdict.ts';

const MINUTE_MS = 60_000;
const watched = aSnapshot({
  topics: new Map([['orders', [aLog(107)]]]),
  groups: new Map([['billing', aGroup({ committed: new Map([['orders', [100]]]) })]]),
});
const at = (minute: number) => T0_MS + minute * MINUTE_MS;

/** What group "billing" is in, minute by minute from the release's start on, is told so. */
function noticesOf(
  kinds: readonly (ProblemKind | null)[],
  releaseAt: (minute: number) => LedgerEntry | null,
  from = 0,
) {
  const records = new Map<string | null, IncidentRecord>();
  const told: { minute: number; notice: Notice }[] = [];
  kinds.forEach((kind, index) => {
    const minute = from + index;
    const open = releaseAt(minute);
    const verdict = kind === null ? aGroupVerdict() : aTroubledGroup(kind);
    const sample = { slotMs: at(minute), snapshot: { ...watched, atMs: at(minute) }, verdicts: [verdict] };
    const holdBack = heldBackBy(open === null ? [] : [open], at(minute));
    for (const record of stepCluster(records, sample, eagerSettings(), () => false, holdBack)) {
      told.push(...record.outbox.map((notice) => ({ minute, notice })));
      records.set(record.group, { ...record, outbox: [] });
    }
  });
  return told.map(({ minute, notice: { transition, kind } }) => ({ minute, transition, kind }));
}

const open = anEntry();
const untilMinute = (end: number) => (minute: number) => (minute < end ? open : null);

describe('while a release of its group is open', () => {
  test.each<{ kind: IncidentKind; isHeld: boolean }>([
    { kind: 'STOPPED', isHeld: true },
    { kind: 'STALLED', isHeld: true },
    { kind: 'FALLING_BEHIND', isHeld: true },
    { kind: 'REBALANCE_STORM', isHeld: true },
    { kind: 'REWIND', isHeld: false },
    { kind: 'SKIP', isHeld: false },
    { kind: 'DATA_LOSS', isHeld: false },
  ])('$kind is held back: $isHeld', ({ kind, isHeld }) => {
    const problem = { group: 'billing', kind, openedAtMs: at(3) };
    expect(heldBackBy([open], at(4))(problem)).toBe(isHeld);
    expect(heldBackBy([open], at(4))({ ...problem, group: 'orders' })).toBe(false);
    expect(heldBackBy([], at(4))(problem)).toBe(false);
  });

  test('a gap that closes is never told', () => {
    expect(noticesOf([null, 'STOPPED', 'STOPPED', null, null], untilMinute(9))).toEqual([]);
  });

  test('one that stays is told when the release is over, as it is then', () => {
    const kinds = Array.from({ length: 8 }, () => 'STOPPED' as const);
    expect(noticesOf(kinds, untilMinute(5))[0]).toEqual({ minute: 5, transition: 'opened', kind: 'STOPPED' });
  });

  test.each([
    { why: 'a decision', release: anEntry({ decisions: [aDecision({ decision: 'ROLLBACK' })] }), minute: 1 },
    { why: 'the deadline', release: anEntry({ release: { ...open.release, deadlineMs: 3 * MINUTE_MS } }), minute: 4 },
  ])('it is over with $why', ({ release, minute }) => {
    const kinds = Array.from({ length: 8 }, () => 'STOPPED' as const);
    expect(noticesOf([null, ...kinds], () => release)[0]?.minute).toBe(minute);
  });

  test('what was wrong before it is told as ever', () => {
    const kinds = ['STOPPED', 'STOPPED', 'STOPPED'] as const;
    expect(noticesOf(kinds, () => open, -1)[0]).toEqual({ minute: -1, transition: 'opened', kind: 'STOPPED' });
  });
});

test('whatever happens: nothing expected is told during the release, and what is still wrong at its end is', () => {
  const anyKind = fc.constantFrom<ProblemKind | null>(null, 'STOPPED', 'STALLED', 'FALLING_BEHIND', 'REBALANCE_STORM');
  fc.assert(
    fc.property(fc.array(anyKind, { minLength: 2, maxLength: 25 }), fc.integer({ min: 1, max: 24 }), (kinds, end) => {
      const stays = [...kinds.slice(0, end), ...kinds.slice(end).map(() => kinds[end - 1] ?? null)];
      const told = noticesOf(stays, untilMinute(end));
      expect(told.filter(({ minute }) => minute < end)).toEqual([]);
      if (stays.length <= end) return;
      expect(told.filter(({ transition }) => transition === 'opened').length).toBe(stays[end] === null ? 0 : 1);
    }),
  );
});
