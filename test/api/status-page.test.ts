import { describe, expect, test } from 'vitest';
import { renderStatusPage } from '../../lambdas/api/status-page.ts';
import { aGroupVerdict, aTroubledGroup } from '../builders/verdict.ts';

const nowMs = Date.UTC(2026, 0, 1, 8, 0, 0);
const pageOf = (...verdicts: ReturnType<typeof aGroupVerdict>[]) =>
  renderStatusPage([{ cluster: 'prod', newest: { slotMs: nowMs, atMs: nowMs - 4_000, verdicts }, incidents: [] }], {
    nowMs,
  });

describe('the status page', () => {
  test('shows trouble first and counts it in the title', () => {
    const page = pageOf(
      aGroupVerdict({ group: 'fine' }),
      aTroubledGroup('FALLING_BEHIND', { group: 'slow' }),
      aTroubledGroup('STOPPED', { group: 'gone' }),
    );
    const order = ['gone', 'slow', 'fine'].map((group) => page.indexOf(`<th scope="row">${group}</th>`));
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(page).toContain('<title>2 not OK · sluicegate</title>');
    expect(page).toContain('sampled 4 s ago');
  });

  test('says which partitions and for how long', () => {
    const incident = {
      id: 'i',
      cluster: 'prod',
      group: 'billing',
      openedAtMs: nowMs - 360_000,
      status: 'ERR',
      kind: 'STALLED',
      kindAtMs: 0,
      sentence: null,
      topics: [],
      told: null,
    } as const;
    const page = renderStatusPage(
      [
        {
          cluster: 'prod',
          newest: { slotMs: nowMs, atMs: nowMs, verdicts: [aTroubledGroup()] },
          incidents: [incident],
        },
      ],
      { nowMs },
    );
    expect(page).toContain('STALLED</span> for 6 min');
    expect(page).toContain('<small>orders-0</small>');
  });

  test.each([
    {
      why: 'before the first sample',
      page: renderStatusPage([{ cluster: 'prod', newest: null, incidents: [] }], { nowMs }),
      says: 'the first sample is on its way',
    },
    { why: 'an empty cluster', page: pageOf(), says: 'The cluster has no consumer group yet.' },
    {
      why: 'a lag that could not be read is not a zero',
      page: pageOf(aGroupVerdict({ lagMessages: null, timeLag: { kind: 'unknown' } })),
      says: '<td class="number">–</td>',
    },
    {
      why: 'a time lag that is a lower bound',
      page: pageOf(aGroupVerdict({ timeLag: { kind: 'atLeast', timeLagMs: 61_000 } })),
      says: '≥ 61 s',
    },
  ])('has a word for $why', ({ page, says }) => {
    expect(page).toContain(says);
  });

  test('a group named like markup stays text', () => {
    const page = pageOf(aGroupVerdict({ group: `<script>alert("x")</script>'&` }));
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
  });
});
