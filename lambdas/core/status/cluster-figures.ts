import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { GroupVerdict } from './verdict.ts';

/** A cluster at one sample, in a handful of numbers. */
export interface ClusterFigures {
  /** Groups whose status is WARN or ERR. */
  readonly groupsNotOk: number;
  /** Of the group that is furthest behind; null: no group's lag is known. */
  readonly lagMessagesMax: number | null;
  /** Likewise; null: no group's time lag is known. A lower bound where the history does not reach back far enough. */
  readonly timeLagMsMax: number | null;
  /** Parts of the cluster that could not be read. */
  readonly readFailures: number;
}

export function clusterFiguresOf(
  verdicts: readonly GroupVerdict[],
  { failures }: Pick<ClusterSnapshot, 'failures'>,
): ClusterFigures {
  return {
    groupsNotOk: verdicts.filter(({ kind }) => kind !== null).length,
    lagMessagesMax: maxOf(verdicts.map(({ lagMessages }) => lagMessages)),
    timeLagMsMax: maxOf(verdicts.map(timeLagMsOf)),
    readFailures: failures.length,
  };
}

/** Null: not known. */
export const timeLagMsOf = ({ timeLag }: Pick<GroupVerdict, 'timeLag'>): number | null =>
  timeLag.kind === 'unknown' ? null : timeLag.timeLagMs;

const maxOf = (values: readonly (number | null)[]): number | null =>
  values.reduce((most, value) => (value === null ? most : Math.max(most ?? value, value)), null);
