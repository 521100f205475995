import { expect, test } from 'vitest';
import type { Judgement } from '../../../lambdas/core/gate/judgement.ts';
import { finalDecision, type LedgerEntry } from '../../../lambdas/core/release/ledger-entry.ts';
import { withDecision } from '../../../lambdas/core/release/record-decision.ts';
import { aDecision, aJudgement, anAttempt, anEntry, anEvidence } from '../../builders/ledger-entry.ts';

const because = (code: string) => [{ code, numbers: {}, sentence: code }];

/** As the ledger would be after all of them. */
const after = (judgements: readonly Judgement[], entry: LedgerEntry = anEntry()): LedgerEntry =>
  judgements.reduce((before, judgement) => withDecision(before, judgement) ?? before, entry);

test('keeps a judgement with its evidence and what the policy made of it, and counts the version', () => {
  const judgement = aJudgement({ decision: 'INCONCLUSIVE', reasons: because('LAG_NOT_LOW') });
  expect(withDecision(anEntry(), judgement)).toEqual(
    anEntry({
      version: 2,
      decisions: [aDecision({ decision: 'INCONCLUSIVE', settled: 'ROLLBACK', reasons: because('LAG_NOT_LOW') })],
    }),
  );
});

test('the same again is not written, with other numbers neither; another reason is', () => {
  const once = after([aJudgement()]);
  expect(withDecision(once, aJudgement({ evidence: anEvidence({ samples: 9 }) }))).toBeNull();
  expect(withDecision(once, aJudgement({ reasons: because('BLIND') }))?.decisions).toHaveLength(2);
});

test('the first final decision stands, until the next attempt', () => {
  const promoted = after([aJudgement({ decision: 'PROMOTE' }), aJudgement({ decision: 'ROLLBACK' })]);
  expect(promoted.decisions.map(({ decision }) => decision)).toEqual(['PROMOTE']);
  const retried = { ...promoted, attempt: anAttempt({ number: 2 }) };
  expect(finalDecision(retried)).toBeNull();
  expect(after([aJudgement({ decision: 'ROLLBACK' })], retried).decisions.map(({ attempt }) => attempt)).toEqual([
    1, 2,
  ]);
});

test('a release that flaps for a day keeps its beginning and the newest', () => {
  const flapping = Array.from({ length: 500 }, (_, turn) => aJudgement({ reasons: because(`CODE_${turn}`) }));
  const { decisions } = after(flapping);
  expect(decisions).toHaveLength(60);
  expect(decisions[0]?.reasons).toEqual(because('CODE_0'));
  expect(decisions.at(-1)?.reasons).toEqual(because('CODE_499'));
});
