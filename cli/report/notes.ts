import { countText } from '../../lambdas/core/quantity.ts';
import { visible } from '../../lambdas/core/visible.ts';
import { type ClusterReport, type GroupReport, WORST_FIRST } from './group-report.ts';
import { partitionRowsOf } from './partition-rows.ts';

/** What a table of groups leaves unsaid. */
export function clusterNotes({ groups }: ClusterReport, watching: boolean): readonly string[] {
  // Where there is nothing to see, more looks do not help.
  const undecided = groups.some(
    ({ verdict: { status, reason } }) => status === 'UNKNOWN' && reason?.rule !== 'noCommits',
  );
  return [
    ...(groups.length > 1 ? [countsLine(groups)] : []),
    ...(undecided ? [watching ? '? not enough seen yet' : '? needs more than one look: add --watch'] : []),
  ];
}

/** What is left on the screen of a long table is its end. */
function countsLine(groups: ClusterReport['groups']): string {
  const counts = WORST_FIRST.flatMap((status) => {
    const count = groups.filter(({ verdict }) => verdict.status === status).length;
    return count === 0 ? [] : [`${countText(count)} ${status}`];
  });
  return `${countText(groups.length)} groups: ${counts.join(', ')}`;
}

/** What a table of one group's partitions leaves unsaid. */
export function groupNotes(report: ClusterReport, group: GroupReport, watching: boolean): readonly string[] {
  const { read, verdict } = group;
  const rows = partitionRowsOf(group);
  const committed = rows.some(({ verdict: { committedOffset } }) => committedOffset !== null);
  const gone = new Set(rows.map(({ topic }) => topic).filter((topic) => isGone(report, topic)));
  return [
    ...(read === null ? ['The group was not in the last snapshot.'] : []),
    ...(committed ? [] : ['The group has committed nothing: it is new, or its topics were deleted.']),
    ...(read?.members?.length === 0 ? ['The group has no members.'] : []),
    ...[...gone].map(
      (topic) => `Topic ${visible(topic)} does not exist (any more): the group still has offsets for it.`,
    ),
    ...rows.flatMap(({ topic, partition, verdict: { status, reason } }) =>
      status === 'OK' || status === 'UNKNOWN' || reason === null
        ? []
        : [`${visible(topic)}-${partition}: ${visible(reason.sentence)}`],
    ),
    ...(verdict.status === 'UNKNOWN' ? clusterNotes({ ...report, groups: [group] }, watching) : []),
  ];
}

/** The reader leaves out topics that do not exist, and tells of all else. */
function isGone({ snapshot: { topics, failures } }: ClusterReport, topic: string): boolean {
  return !topics.has(topic) && !failures.some((failure) => failure.part === 'broker' || isAbout(failure, topic));
}

const isAbout = (failure: ClusterReport['snapshot']['failures'][number], topic: string): boolean =>
  failure.part === 'partition' && failure.topic === topic;
