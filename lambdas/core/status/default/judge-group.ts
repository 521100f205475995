import { groupVerdictOf } from '../group-verdict.ts';
import type { GroupVerdict, PartitionVerdict, Reason } from '../verdict.ts';
import type { GroupInstant } from './instant.ts';
import { judgePartition, partitionVerdictOf } from './judge-partition.ts';
import { learnAttendance } from './learn/attendance.ts';
import { learnCadence } from './learn/cadence.ts';
import { learnCapacity } from './learn/capacity.ts';
import { measuredGroupOf } from './measures/group-measures.ts';
import { isStorm, stormReason } from './rules/rebalance-storm.ts';
import { isSkipping } from './rules/skip.ts';

/** Judges a group that was just seen, then learns from what it showed. */
export function judgeGroup(instant: GroupInstant): void {
  const { group } = instant;
  learnCadence(group, instant);
  group.skipping = isSkipping(group, instant);
  let alarmed = false;
  for (const p of group.partitions) {
    judgePartition(p, instant);
    if (p.trouble !== null) alarmed = true;
  }
  group.stormOpen = isStorm(group, instant);
  group.alarmed = group.stormOpen || alarmed;
  learnAttendance(group, instant);
  learnCapacity(group, instant);
}

const NO_COMMITS: Reason = {
  rule: 'noCommits',
  numbers: {},
  sentence: 'it has not committed anything: there is nothing to judge',
};

/** What is told of a group: as its worst partition, or as a storm, which explains what its partitions suffer. */
export function verdictOf(instant: GroupInstant): GroupVerdict {
  const { group } = instant;
  const partitions = new Map<string, readonly (PartitionVerdict | null)[]>();
  for (const [topic, list] of group.byTopic) {
    partitions.set(
      topic,
      list.map((p) => p && partitionVerdictOf(p, instant)),
    );
  }
  const verdict = groupVerdictOf(group.name, partitions, NO_COMMITS);
  const stormy = group.stormOpen && verdict.status !== 'UNKNOWN' && !UNDONE.has(verdict.kind);
  if (!stormy && verdict.kind === null) return verdict;
  const measures = measuredGroupOf(instant).group;
  if (!stormy) return { ...verdict, measures };
  return { ...verdict, status: 'ERR', kind: 'REBALANCE_STORM', reason: stormReason(group, instant), measures };
}

/** What a storm does not explain, and what can't be made good. */
const UNDONE: ReadonlySet<GroupVerdict['kind']> = new Set(['DATA_LOSS', 'SKIP', 'REWIND']);
