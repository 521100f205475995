import { expect, test } from 'vitest';
import type { Decision } from '../../../lambdas/core/gate/judgement.ts';
import { type Policies, settled } from '../../../lambdas/core/release/policies.ts';

const policies: Policies = { onInconclusive: 'rollback', onBlind: 'manual', onLowTraffic: 'promote' };

test.each<{ why: string; decision: Decision; codes: string[]; comesTo: Decision }>([
  { why: 'no policy touches a decision', decision: 'PROMOTE', codes: ['NO_WORSE'], comesTo: 'PROMOTE' },
  { why: 'nor patience', decision: 'CONTINUE', codes: ['BLIND'], comesTo: 'CONTINUE' },
  { why: 'blindness is left to a human', decision: 'INCONCLUSIVE', codes: ['BLIND'], comesTo: 'INCONCLUSIVE' },
  {
    why: 'what offsets never show is no reason of its own',
    decision: 'INCONCLUSIVE',
    codes: ['TOO_LITTLE_TRAFFIC', 'NOT_VISIBLE'],
    comesTo: 'PROMOTE',
  },
  {
    why: 'little traffic and something else',
    decision: 'INCONCLUSIVE',
    codes: ['TOO_LITTLE_TRAFFIC', 'LAG_NOT_LOW'],
    comesTo: 'ROLLBACK',
  },
  { why: 'no reason at all', decision: 'INCONCLUSIVE', codes: [], comesTo: 'ROLLBACK' },
])('$why: $decision for $codes comes to $comesTo', ({ decision, codes, comesTo }) => {
  const reasons = codes.map((code) => ({ code, numbers: {}, sentence: code }));
  expect(settled({ decision, reasons }, policies)).toBe(comesTo);
});
