import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TRANSITIONS } from '../../../lambdas/core/incident/notice.ts';
import { bodyOf, subjectOf } from '../../../lambdas/core/incident/notice-text.ts';
import { aNotice } from '../../builders/notice.ts';

test('a notice reads well', () => {
  expect(bodyOf(aNotice({ morePartitions: 2 }))).toBe(
    [
      'billing: STALLED (prod)',
      'no progress for 190 s with 1,204 waiting',
      'Since 2026-01-01T08:00:00.000Z.',
      '1,204 messages wait, the oldest for 3 min.',
      '  orders-3: STALLED, 1,200 behind, owned by billing-7 at /10.0.3.2',
      '  orders-4: STOPPED, 4 behind, nobody owns it',
      'and 2 more partitions',
    ].join('\n'),
  );
});

test('a recovery says how long it took', () => {
  const { openedAtMs } = aNotice();
  const recovered = aNotice({
    transition: 'recovered',
    atMs: openedAtMs + 360_000,
    reason: null,
    partitions: [],
    lagMessages: 0,
    timeLag: { kind: 'known', timeLagMs: 0 },
  });
  expect(bodyOf(recovered)).toBe(
    [
      'billing: recovered from STALLED (prod)',
      'Over after 6 min; it began at 2026-01-01T08:00:00.000Z.',
      '0 messages wait, the oldest for 0 s.',
    ].join('\n'),
  );
});

test('what is not known is said to be so', () => {
  expect(bodyOf(aNotice({ lagMessages: null }))).toContain('How many messages wait is not known.');
  expect(bodyOf(aNotice({ timeLag: { kind: 'atLeast', timeLagMs: 3_600_000 } }))).toContain(
    'the oldest for at least 60 min.',
  );
});

test('a subject fits a mail whatever the group is called', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 249 }),
      fc.constantFrom(...TRANSITIONS),
      (group, transition) => {
        const subject = subjectOf(aNotice({ group, transition }));
        expect(subject.length).toBeLessThan(100);
        expect(subject).toMatch(/^[\x20-\x7e]+$/);
        expect(subject).toContain('STALLED (prod)');
      },
    ),
  );
});
