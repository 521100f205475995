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

const GROUP_STATUS_OF: Readonly<Record<BurrowStatus, BurrowGroupStatus>> = {
  OK: 'OK',
  WARN: 'WARN',
  STOP: 'ERR',
  STALL: 'ERR',
  REWIND: 'ERR',
};

/** As bad as its worst partition. */
export function judgeGroup(partitions: ReadonlyMap<string, readonly BurrowPartition[]>): BurrowGroup {
  const all = [...partitions.values()].flat();
  const statuses = new Set(all.map(({ status }) => GROUP_STATUS_OF[status]));
  const complete = all.filter(({ completeRatio }) => completeRatio === 1).length;
  return {
    status: statuses.has('ERR') ? 'ERR' : statuses.has('WARN') ? 'WARN' : 'OK',
    completeRatio: all.length === 0 ? 0 : complete / all.length,
    partitionCount: all.length,
    totalLagMessages: all.reduce((sum, { currentLagMessages }) => sum + currentLagMessages, 0),
    partitions,
  };
}
