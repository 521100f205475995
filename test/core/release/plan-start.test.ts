import { describe, expect, test } from 'vitest';
import type { LedgerEntry } from '../../../lambdas/core/release/ledger-entry.ts';
import { type LedgerView, planStart, type StartRequest } from '../../../lambdas/core/release/plan-start.ts';
import { aDecision, anAttempt, anEntry } from '../../builders/ledger-entry.ts';
import { aRelease } from '../../builders/release-story.ts';
import { T0_MS } from '../../builders/snapshots.ts';

const HOUR_MS = 3_600_000;

const own = (part: Partial<LedgerEntry> = {}) => anEntry({ attempt: anAttempt({ requestId: 'job-1' }), ...part });
const other = (part: Partial<LedgerEntry> = {}) => own({ release: aRelease({ id: 'r-0' }), ...part });
const finished = { state: 'finished', finishedAtMs: T0_MS } as const;

const asked = (part: Partial<StartRequest> = {}): StartRequest => ({
  executionId: 'e-1',
  requestId: 'job-2',
  isRollback: false,
  nowMs: T0_MS + 60_000,
  ...part,
});

const knowing = (part: Partial<LedgerView> = {}): LedgerView => ({ own: null, newest: null, open: null, ...part });

describe('a release', () => {
  const open = own();
  const over = own(finished);
  const decided = own({ decisions: [aDecision({ decision: 'ROLLBACK' })] });
  test.each<{ why: string; request?: Partial<StartRequest>; view: LedgerView; kind: string }>([
    { why: 'the first of its group', view: knowing(), kind: 'open' },
    { why: 'after one that is finished', view: knowing({ newest: other(finished) }), kind: 'open' },
    { why: 'asked for again while it is open', view: knowing({ own: open, newest: open, open }), kind: 'known' },
    { why: 'its stage is run again after it was over', view: knowing({ own: over, newest: over }), kind: 'retry' },
    {
      why: 'its stage is run again after the decision',
      view: knowing({ own: decided, newest: decided, open: decided }),
      kind: 'retry',
    },
    {
      why: 'the very call that began it comes a second time, late',
      request: { requestId: 'job-1' },
      view: knowing({ own: over, newest: over }),
      kind: 'known',
    },
    { why: 'while another is open', view: knowing({ newest: other(), open: other() }), kind: 'refused' },
    {
      why: 'a retry while another is open',
      view: knowing({ own: over, newest: other(), open: other() }),
      kind: 'refused',
    },
  ])('$why: $kind', ({ request, view, kind }) => {
    expect(planStart(asked(request), view).kind).toBe(kind);
  });

  test('one that nobody finished stands in the way until an hour after its deadline, and is then closed', () => {
    const forgotten = other();
    const view = knowing({ newest: forgotten, open: forgotten });
    const limitMs = T0_MS + forgotten.release.deadlineMs + HOUR_MS;
    expect(planStart(asked({ nowMs: limitMs }), view)).toEqual({ kind: 'refused', by: forgotten });
    const expected = { kind: 'open', mode: 'release', gaveUp: forgotten };
    expect(planStart(asked({ nowMs: limitMs + 1 }), view)).toEqual(expected);
  });
});

describe('a rollback', () => {
  const rollback = asked({ executionId: 'e-2', isRollback: true });

  test('adopts the release that is open, or else the newest, decided or not', () => {
    const failed = other({ decisions: [aDecision({ decision: 'ROLLBACK' })] });
    expect(planStart(rollback, knowing({ newest: failed, open: failed }))).toEqual({ kind: 'adopt', of: failed });
    expect(planStart(rollback, knowing({ newest: other(finished) }))).toMatchObject({ kind: 'adopt' });
    const older = other();
    expect(planStart(rollback, knowing({ newest: own(finished), open: older }))).toEqual({ kind: 'adopt', of: older });
  });

  test('is known once it has adopted', () => {
    const adopted = other({ attempt: anAttempt({ number: 2, mode: 'recovery', executionId: 'e-2' }) });
    expect(planStart(rollback, knowing({ newest: adopted, open: adopted }))).toEqual({ kind: 'known', entry: adopted });
  });

  test('is a recovery of its own where the group never had a release', () => {
    expect(planStart(rollback, knowing())).toEqual({ kind: 'open', mode: 'recovery', gaveUp: null });
  });
});
