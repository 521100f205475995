import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TRANSITIONS } from '../../../lambdas/core/incident/notice.ts';
import { bodyOf, subjectOf } from '../../../lambdas/core/incident/notice-text.ts';
import type { Estimate } from '../../../lambdas/core/status/measures.ts';
import { aNotice } from '../../builders/notice.ts';

const LINKS = { runbookUrl: 'docs/runbook.md', pageUrl: null };

test('what is not known is said to be so', () => {
  expect(bodyOf(aNotice({ lagMessages: null }), LINKS)).toContain('How many messages wait is not known.');
  expect(bodyOf(aNotice({ timeLag: { kind: 'atLeast', timeLagMs: 3_600_000 } }), LINKS)).toContain(
    'the oldest for at least 60 min.',
  );
});

const measured = (value: number): Estimate => ({ kind: 'known', value, source: 'measured', sureness: 'high' });
const NEVER: Estimate = { kind: 'never', source: 'extrapolated', sureness: 'high' };
const UNKNOWN: Estimate = { kind: 'unknown' };

test.each([
  {
    why: 'it drains',
    out: 30,
    drain: measured(360_000),
    says: 'Lately 12 messages/s came in, 30 messages/s went out; caught up in 6 min.',
  },
  {
    why: 'it does not',
    out: 3,
    drain: NEVER,
    says: 'Lately 12 messages/s came in, 3 messages/s went out; at these rates it never catches up.',
  },
  {
    why: 'it stands still, and its rates reach back to when it moved: that was told as caught up in 56 s',
    out: 30,
    drain: NEVER,
    says: 'Lately 12 messages/s came in, 30 messages/s went out; what stands still now never catches up.',
  },
  { why: 'that is not known', out: 3, drain: UNKNOWN, says: 'Lately 12 messages/s came in, 3 messages/s went out.' },
])('rates and where they lead: $why', ({ out, drain: drainEtaMs, says }) => {
  const rates = { producedPerS: measured(12), consumedPerS: measured(out), drainEtaMs, lossEtaMs: UNKNOWN };
  expect(bodyOf(aNotice({ rates }), LINKS).split('\n')).toContain(says);
});

/** Of any characters of the first 64 K but halves of others; `unit: 'binary'` of fast-check takes seconds on a busy machine. */
const anyName = fc
  .array(fc.nat(0xd7ff), { minLength: 1, maxLength: 249 })
  .map((codes) => String.fromCodePoint(...codes));

test('a subject fits a mail whatever the group is called', () => {
  fc.assert(
    fc.property(anyName, fc.constantFrom(...TRANSITIONS), (group, transition) => {
      const subject = subjectOf(aNotice({ group, transition }));
      expect(subject.length).toBeLessThan(100);
      expect(subject).toMatch(/^[\x20-\x7e]+$/);
      expect(subject).toContain('STALLED (prod)');
    }),
  );
});
