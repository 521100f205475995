import { corrupt } from '../../../core/bytes/corrupt.ts';
import { PARTITION_STATUSES, type PartitionVerdict, type TimeLag } from '../../../core/status/verdict.ts';

/** All of a partition's verdict that is not a number or a text, in one small number. */
export interface PartitionCode {
  readonly status: PartitionVerdict['status'];
  readonly timeLag: TimeLag['kind'];
  readonly hasReason: boolean;
  /** The snapshot does not tell its offsets, lag and owner as they are: they are written out. */
  readonly told: boolean;
}

/** A partition that the group has nothing to do with. */
export const NOTHING = 0;

const FIRST = 1;
const TIME_LAGS = ['known', 'atLeast', 'unknown'] as const;

const placesOf = <T extends string>(names: readonly T[]): Readonly<Record<T, number>> =>
  Object.fromEntries(names.map((name, place) => [name, place])) as Record<T, number>;
const STATUS_PLACES = placesOf(PARTITION_STATUSES);
const TIME_LAG_PLACES = placesOf(TIME_LAGS);

export function codeOf({ status, timeLag, hasReason, told }: PartitionCode): number {
  const kind = STATUS_PLACES[status] * TIME_LAGS.length + TIME_LAG_PLACES[timeLag];
  return FIRST + kind * 4 + (hasReason ? 2 : 0) + (told ? 1 : 0);
}

export function parseCode(code: number): PartitionCode {
  const kind = (code - FIRST) >> 2;
  const status = PARTITION_STATUSES[Math.floor(kind / TIME_LAGS.length)];
  const timeLag = TIME_LAGS[kind % TIME_LAGS.length];
  if (status === undefined || timeLag === undefined) throw corrupt(`holds ${code} instead of a partition's code`);
  return { status, timeLag, hasReason: ((code - FIRST) & 2) !== 0, told: ((code - FIRST) & 1) !== 0 };
}
