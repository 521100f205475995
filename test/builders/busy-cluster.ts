import type { GroupSnapshot } from '../../lambdas/core/cluster/group.ts';
import type { ClusterSnapshot, PartitionLog } from '../../lambdas/core/cluster/snapshot.ts';
import { aGroup, aMember, aSnapshot, T0_MS } from './snapshots.ts';

/** A cluster that has one of everything a snapshot can hold, at its `step`-th minute. */
export function aBusySnapshot(step = 0): ClusterSnapshot {
  return aSnapshot({
    atMs: T0_MS + step * 60_000 + 137,
    topics: new Map<string, (PartitionLog | null)[]>([
      ['orders', [log(1_000, step), null, log(70, step)]],
      ['payments', [{ ...log(90, step), lastStableOffset: 80 + step }, log(5, step)]],
      [
        'audit',
        [
          { ...log(0, 0), newestRecordAtMs: null },
          { ...log(9, step), newestRecordAtMs: T0_MS + step },
        ],
      ],
      ['basket', [log(2 ** 52, step)]],
      ['read-by-nobody', [log(12, step)]],
      ['without-partitions', []],
      ['__proto__', [log(3, step)]],
    ]),
    groups: new Map<string, GroupSnapshot>([
      ['billing', billing(step)],
      ['shared-basket', sharedBasket(step)],
      ['new-protocol', newProtocol],
      ['unreadable-members', aGroup({ members: null, state: 'Unknown', committed: new Map([['audit', [0, null]]]) })],
      ['gone', aGroup({ state: 'Dead' })],
    ]),
    failures: [
      { part: 'partition', topic: 'orders', partition: 1, code: 'LEADER_NOT_AVAILABLE', message: 'no leader' },
      { part: 'broker', broker: 'b3.example:9092', code: 'TIMEOUT', message: `no answer within ${4_000 + step} ms` },
      { part: 'members', group: 'unreadable-members', code: 'COORDINATOR_NOT_AVAILABLE', message: 'asked b3' },
      { part: 'group', group: 'lost', code: 'NOT_COORDINATOR', message: 'asked b1' },
    ],
  });
}

const log = (logEndOffset: number, step: number): PartitionLog => ({
  logStartOffset: Math.floor(logEndOffset / 2),
  logEndOffset: logEndOffset + step * 11,
});

const billing = (step: number): GroupSnapshot =>
  aGroup({
    members: [
      aMember({ assigned: new Map([['orders', [0, 2]]]) }),
      aMember({ memberId: 'm-2', instanceId: 'static-2', rackId: 'euw1-az2', assigned: new Map([['payments', [1]]]) }),
      aMember({ memberId: 'm-3', rackId: null, clientId: '', host: '' }),
    ],
    committed: new Map([
      ['orders', [990 + step * 11, null, 4]],
      ['payments', [101, null]],
      ['deleted-topic', [7]],
    ]),
  });

const sharedBasket = (step: number): GroupSnapshot =>
  aGroup({
    type: 'share',
    members: [aMember({ memberId: 's-1', epoch: 4, assigned: new Map([['basket', [0]]]) })],
    share: new Map([
      ['basket', [{ startOffset: 2 ** 52 - 9 + step, lagMessages: 9 }]],
      ['audit', [null, { startOffset: 3, lagMessages: null }]],
    ]),
    epochs: { group: 5, assignment: 4 },
  });

const newProtocol: GroupSnapshot = aGroup({
  type: 'consumer',
  state: 'Reconciling',
  members: [aMember({ memberId: 'n-1', epoch: -2, target: new Map([['orders', [0]]]) })],
  epochs: { group: 9, assignment: 8 },
});
