import { describe, expect, test } from 'vitest';
import { outboxWith, ownerKept, topicsKept } from '../../../lambdas/core/incident/record-limits.ts';
import { aNotice } from '../../builders/notice.ts';

const notices = (transitions: readonly ('opened' | 'reminded')[]) =>
  transitions.map((transition, nth) => aNotice({ id: `${nth}`, transition }));
const full = (first: readonly ('opened' | 'reminded')[]) =>
  notices([...first, ...Array.from({ length: 100 - first.length }, () => 'opened' as const)]);
const idsOf = ({ outbox }: { readonly outbox: readonly { readonly id: string }[] }) => outbox.map(({ id }) => id);

describe('an outbox that nobody has emptied for days', () => {
  const next = aNotice({ id: 'next' });

  test('gives up its oldest reminder, since the later ones say the same', () => {
    const kept = idsOf(outboxWith({ outbox: full(['opened', 'reminded', 'reminded']), taken: {} }, next));
    expect(kept).toHaveLength(100);
    expect(kept.slice(0, 3)).toEqual(['0', '2', '3']);
    expect(kept.at(-1)).toBe('next');
  });

  test('without reminders its oldest notice', () => {
    const kept = idsOf(outboxWith({ outbox: full([]), taken: {} }, next));
    expect([kept[0], kept.at(-1)]).toEqual(['1', 'next']);
  });

  test('keeps each notifier at the notice that it has to take next', () => {
    const { outbox, taken } = outboxWith(
      { outbox: full(['opened', 'reminded']), taken: { none: 0, before: 1, behind: 2, far: 50 } },
      next,
    );
    expect(taken).toEqual({ none: 0, before: 1, behind: 1, far: 49 });
    expect(outbox[taken['far'] ?? 0]?.id).toBe('50');
  });
});

test('an incident about more topics than can be kept remembers none: half of them would end it too early', () => {
  const topics = Array.from({ length: 256 }, (_, nth) => `topic-${nth}`);
  expect(topicsKept(topics)).toEqual(topics);
  expect(topicsKept([...topics, 'one more'])).toEqual([]);
});

test('a client id of any length is told by its beginning, never by half a character', () => {
  expect(ownerKept('billing-7 at /10.0.3.2')).toBe('billing-7 at /10.0.3.2');
  const cut = ownerKept(`${'x'.repeat(252)}${'😀'.repeat(9_000)}`);
  expect(cut.length).toBeLessThanOrEqual(256);
  expect(cut.isWellFormed()).toBe(true);
});
