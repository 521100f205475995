import type { BurrowPartition, BurrowStatus } from './partition.ts';

export type BurrowGroupStatus = 'OK' | 'WARN' | 'ERR';

/** Burrow's answer for one group. */
export interface BurrowGroup {
  readonly status: BurrowGroupStatus;
  /** Partitions with a full window / partitions; 0 without partitions. */
  readonly completeRatio: number;
  readonly partitionCount: number;
  readonly totalLagMessages: number;
  /** By topic, indexed by partition. */
  readonly partitions: ReadonlyMap<string, readonly BurrowPartition[]>;
}

const RANK: Readonly<Record<BurrowStatus, number>> = { OK: 0, WARN: 1, STOP: 2, STALL: 2, REWIND: 2 };
const GROUP_STATUSES = ['OK', 'WARN', 'ERR'] as const;

/** As bad as its worst partition. */
export function judgeGroup(partitions: ReadonlyMap<string, readonly BurrowPartition[]>): BurrowGroup {
  let [rank, partitionCount, complete, totalLagMessages] = [0, 0, 0, 0];
  for (const list of partitions.values()) {
    for (const { status, completeRatio, currentLagMessages } of list) {
      rank = Math.max(rank, RANK[status]);
      partitionCount += 1;
      complete += completeRatio === 1 ? 1 : 0;
      totalLagMessages += currentLagMessages;
    }
  }
  return {
    status: GROUP_STATUSES[rank] ?? 'ERR',
    completeRatio: partitionCount === 0 ? 0 : complete / partitionCount,
    partitionCount,
    totalLagMessages,
    partitions,
  };
}
