import type { GroupVerdict, PartitionVerdict, ProblemKind } from '../../lambdas/core/status/verdict.ts';

/** A partition that is fine. */
export const aPartitionVerdict = (overrides: Partial<PartitionVerdict> = {}): PartitionVerdict => ({
  status: 'OK',
  committedOffset: 100,
  logEndOffset: 100,
  lagMessages: 0,
  timeLag: { kind: 'known', timeLagMs: 0 },
  owner: { clientId: 'billing-1', host: '/10.0.0.1' },
  reason: null,
  ...overrides,
});

/** A group that is fine. */
export const aGroupVerdict = (overrides: Partial<GroupVerdict> = {}): GroupVerdict => ({
  group: 'billing',
  status: 'OK',
  kind: null,
  reason: null,
  lagMessages: 0,
  timeLag: { kind: 'known', timeLagMs: 0 },
  partitions: new Map([['orders', [aPartitionVerdict()]]]),
  ...overrides,
});

/** A group with one partition in trouble. */
export const aTroubledGroup = (kind: ProblemKind = 'STALLED', overrides: Partial<GroupVerdict> = {}): GroupVerdict => {
  const status = kind === 'FALLING_BEHIND' ? 'WARN' : 'ERR';
  const partition = kind === 'REBALANCE_STORM' ? 'OK' : kind;
  const troubled = aPartitionVerdict({ status: partition, lagMessages: 7, logEndOffset: 107 });
  return aGroupVerdict({ status, kind, lagMessages: 7, partitions: new Map([['orders', [troubled]]]), ...overrides });
};
