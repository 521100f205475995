import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TRANSITIONS } from '../../../lambdas/core/incident/notice.ts';
import { bodyOf, subjectOf } from '../../../lambdas/core/incident/notice-text.ts';
import { aNotice } from '../../builders/notice.ts';

const LINKS = { runbookUrl: 'docs/runbook.md', pageUrl: null };

test('what is not known is said to be so', () => {
  expect(bodyOf(aNotice({ lagMessages: null }), LINKS)).toContain('How many messages wait is not known.');
  expect(bodyOf(aNotice({ timeLag: { kind: 'atLeast', timeLagMs: 3_600_000 } }), LINKS)).toContain(
    'the oldest for at least 60 min.',
  );
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
