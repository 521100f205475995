import type { Notice } from '../../lambdas/core/incident/notice.ts';

const OPENED_AT_MS = Date.UTC(2026, 0, 1, 8, 0, 0);

/** An opening: two partitions stalled, one of them without an owner. */
export const aNotice = (overrides: Partial<Notice> = {}): Notice => ({
  id: 'prod/billing/1767254400000/1767254400000/opened',
  incidentId: 'prod/billing/1767254400000',
  cluster: 'prod',
  group: 'billing',
  transition: 'opened',
  atMs: OPENED_AT_MS,
  openedAtMs: OPENED_AT_MS,
  status: 'ERR',
  kind: 'STALLED',
  reason: { rule: 'noProgress', numbers: { idleMs: 190_000 }, sentence: 'no progress for 190 s with 1,204 waiting' },
  lagMessages: 1_204,
  timeLag: { kind: 'known', timeLagMs: 190_000 },
  rates: null,
  partitions: [
    { topic: 'orders', partition: 3, status: 'STALLED', lagMessages: 1_200, owner: 'billing-7 at /10.0.3.2' },
    { topic: 'orders', partition: 4, status: 'STOPPED', lagMessages: 4, owner: null },
  ],
  morePartitions: 0,
  ...overrides,
});
