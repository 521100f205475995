import type { Notice } from '../../lambdas/core/incident/notice.ts';
import { T0_MS } from './snapshots.ts';

/** A stalled group's first notice. */
export const aNotice = (part: Partial<Notice> = {}): Notice => ({
  id: `prod/billing/${T0_MS}/opened`,
  incidentId: `prod/billing/${T0_MS}`,
  cluster: 'prod',
  group: 'billing',
  transition: 'opened',
  atMs: T0_MS,
  openedAtMs: T0_MS,
  status: 'ERR',
  kind: 'STALLED',
  reason: { rule: 'stalled', numbers: { quietMs: 190_000 }, sentence: 'no progress for 190 s with 7 waiting' },
  lagMessages: 7,
  timeLag: { kind: 'known', timeLagMs: 190_000 },
  partitions: [{ topic: 'orders', partition: 3, status: 'STALLED', lagMessages: 7, owner: 'billing-7 at /10.0.3.2' }],
  morePartitions: 0,
  ...part,
});
