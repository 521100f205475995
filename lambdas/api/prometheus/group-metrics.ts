import type { GroupState } from '../../core/cluster/group.ts';
import { GROUP_STATUSES, type GroupVerdict, PARTITION_STATUSES, type TimeLag } from '../../core/status/verdict.ts';
import type { GroupEntry } from '../answers/groups-answer.ts';
import type { BurrowGroup } from '../burrow/consumer.ts';
import type { BurrowStatus } from '../burrow/status.ts';
import { mostOfKnown, sumOfKnown } from '../view/known.ts';
import type { Retention } from '../view/retention.ts';
import type { Exposition } from './exposition.ts';
import { BURROW, LAG_EXPORTER, OWN } from './families.ts';

/** klag-exporter's numbers, and one more for what it does not know. */
const STATE_CODE_OF: Readonly<Record<GroupState, number>> = {
  Unknown: 0,
  PreparingRebalance: 1,
  CompletingRebalance: 2,
  Stable: 3,
  Dead: 4,
  Empty: 5,
  Assigning: 6,
  Reconciling: 7,
  NotReady: 8,
};

export const BURROW_CODE_OF: Readonly<Record<BurrowStatus, number>> = {
  NOTFOUND: 0,
  OK: 1,
  WARN: 2,
  ERR: 3,
  STOP: 4,
  STALL: 5,
  REWIND: 6,
};

/** One group in all its names. */
export interface MeteredGroup {
  readonly cluster: string;
  readonly verdict: GroupVerdict;
  readonly entry: GroupEntry;
  readonly burrow: BurrowGroup;
  readonly retention: Retention;
}

/** The values of a group as a whole. */
export function addGroup(to: Exposition, { cluster, verdict, entry, burrow, retention }: MeteredGroup): void {
  const labels = [cluster, verdict.group];
  const partitions = [...verdict.partitions.values()].flat().filter((one) => one !== null);
  const { lagMessages, timeLag } = verdict;
  to.add(LAG_EXPORTER.maxLag, labels, mostOfKnown(partitions.map((one) => one.lagMessages)));
  to.add(LAG_EXPORTER.maxLagSeconds, labels, timeLagSeconds(timeLag));
  to.add(LAG_EXPORTER.sumLag, labels, lagMessages);
  to.add(LAG_EXPORTER.state, labels, STATE_CODE_OF[entry.state ?? 'Unknown']);
  for (const [topic, ofTopic] of verdict.partitions) {
    to.add(LAG_EXPORTER.topicSumLag, [...labels, topic], sumOfKnown(ofTopic.map((one) => one?.lagMessages ?? null)));
  }
  to.add(BURROW.lagTotal, labels, lagMessages);
  to.add(BURROW.status, labels, BURROW_CODE_OF[burrow.status]);
  for (const status of GROUP_STATUSES) to.add(OWN.groupStatus, [...labels, status], Number(verdict.status === status));
  for (const status of PARTITION_STATUSES) {
    to.add(OWN.groupPartitions, [...labels, status], partitions.filter((one) => one.status === status).length);
  }
  to.add(OWN.groupMembers, labels, entry.members);
  to.add(OWN.produced, labels, entry.producedPerS);
  to.add(OWN.consumed, labels, entry.consumedPerS);
  to.add(OWN.drain, labels, drainSeconds(entry));
  to.add(OWN.retentionMargin, labels, retention.marginMessages);
  to.add(OWN.lost, labels, retention.lostMessages);
  to.add(OWN.isLowerBound, labels, timeLag.kind === 'unknown' ? null : Number(timeLag.kind === 'atLeast'));
}

/** The values of each of its partitions. */
export function addPartitions(to: Exposition, { cluster, verdict, burrow }: MeteredGroup): void {
  for (const [topic, verdicts] of verdict.partitions) {
    for (const [partition, one] of verdicts.entries()) {
      if (one === null) continue;
      const labels = [cluster, verdict.group, topic, `${partition}`];
      to.add(LAG_EXPORTER.offset, labels, one.committedOffset);
      to.add(LAG_EXPORTER.lag, labels, one.lagMessages);
      to.add(LAG_EXPORTER.lagSeconds, labels, timeLagSeconds(one.timeLag));
      to.add(BURROW.partitionLag, labels, one.lagMessages);
    }
  }
  for (const { topic, partition, status, end, complete } of burrow.partitions) {
    // As Burrow does: a window that is not full says too little.
    if (complete !== 1) continue;
    const labels = [cluster, verdict.group, topic, `${partition}`];
    to.add(BURROW.currentOffset, labels, end?.offset ?? null);
    to.add(BURROW.partitionStatus, labels, BURROW_CODE_OF[status]);
  }
}

const timeLagSeconds = (timeLag: TimeLag): number | null =>
  timeLag.kind === 'unknown' ? null : timeLag.timeLagMs / 1_000;

/** A steady lag of a group that is well does not shrink either. */
function drainSeconds({ drainEtaMs, lagMessages, producedPerS, consumedPerS }: GroupEntry): number | null {
  if (typeof drainEtaMs === 'number') return drainEtaMs / 1_000;
  const isKnown = lagMessages !== null && producedPerS !== null && consumedPerS !== null;
  return isKnown ? Number.POSITIVE_INFINITY : null;
}
