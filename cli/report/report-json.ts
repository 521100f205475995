import type { MeasuredGroup } from '../../lambdas/core/status/measures.ts';
import type { TimeLag } from '../../lambdas/core/status/verdict.ts';
import type { ClusterReport, GroupReport } from './group-report.ts';
import { partitionRowsOf } from './partition-rows.ts';

/** A whole cluster as one JSON object. Numbers that are not known are null. */
export function clusterJson({ snapshot: { atMs, cluster, failures }, groups }: ClusterReport): object {
  return { at: atMs, cluster, groups: groups.map(groupJson), failures };
}

/** One group with its partitions. `capacity` and `measures` are null unless it was watched, by rules that measure. */
export function oneGroupJson(
  { snapshot: { atMs, cluster, failures }, watched }: ClusterReport,
  report: GroupReport,
): object {
  const measures = watched?.measures ?? null;
  return {
    at: atMs,
    cluster,
    ...groupJson(report),
    capacity: watched?.capacity ?? null,
    measures: measures?.group ?? null,
    partitions: partitionsJson(report, measures),
    failures,
  };
}

function groupJson({ read, verdict }: GroupReport): object {
  const { group, status, kind, lagMessages, timeLag, reason } = verdict;
  return {
    group,
    type: read?.type ?? null,
    state: read?.state ?? null,
    members: read?.members?.length ?? null,
    status,
    kind,
    lagMessages,
    ...timeLagJson(timeLag),
    rule: reason?.rule ?? null,
    reason: reason?.sentence ?? null,
  };
}

function partitionsJson(report: GroupReport, measures: MeasuredGroup | null): readonly object[] {
  return partitionRowsOf(report).map(({ topic, partition, owner, verdict }) => ({
    topic,
    partition,
    committedOffset: verdict.committedOffset,
    logEndOffset: verdict.logEndOffset,
    lagMessages: verdict.lagMessages,
    ...timeLagJson(verdict.timeLag),
    memberId: owner?.memberId ?? null,
    host: owner?.host ?? null,
    clientId: owner?.clientId ?? null,
    status: verdict.status,
    rule: verdict.reason?.rule ?? null,
    reason: verdict.reason?.sentence ?? null,
    measures: measures?.partitions.get(topic)?.[partition] ?? null,
  }));
}

/** `timeLagAtLeast` stands there when the oldest unread message may be older. */
function timeLagJson(timeLag: TimeLag): object {
  if (timeLag.kind === 'unknown') return { timeLagMs: null };
  return { timeLagMs: timeLag.timeLagMs, ...(timeLag.kind === 'atLeast' ? { timeLagAtLeast: true } : {}) };
}
