import { expect, test } from 'vitest';
import { combine } from '../../../lambdas/core/gate/decide.ts';

test.each([
  { why: 'one reason to roll back outweighs everything', wrong: 1, missing: 0, isDue: false, decision: 'ROLLBACK' },
  { why: 'also at the deadline', wrong: 2, missing: 3, isDue: true, decision: 'ROLLBACK' },
  { why: 'all criteria met', wrong: 0, missing: 0, isDue: false, decision: 'PROMOTE' },
  { why: 'all criteria met in the last minute', wrong: 0, missing: 0, isDue: true, decision: 'PROMOTE' },
  { why: 'something is missing', wrong: 0, missing: 1, isDue: false, decision: 'CONTINUE' },
  { why: 'something is missing when time is up', wrong: 0, missing: 1, isDue: true, decision: 'INCONCLUSIVE' },
])('$why: $decision', ({ wrong, missing, isDue, decision }) => {
  expect(combine({ wrong, missing, isDue })).toBe(decision);
});
