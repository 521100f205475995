import { partitionProblemsOf } from '../status/partition-problems.ts';
import type { Incident } from './incident.ts';
import type { Notice, Transition } from './notice.ts';
import type { Observation } from './observation.ts';

const PARTITIONS_TOLD = 5;

/** What people are told of one step of an incident. */
export function noticeOf(transition: Transition, incident: Incident, { slotMs, atMs, verdict }: Observation): Notice {
  const problems = partitionProblemsOf(verdict);
  return {
    id: `${incident.id}/${slotMs}/${transition}`,
    incidentId: incident.id,
    cluster: incident.cluster,
    group: incident.group,
    transition,
    atMs,
    openedAtMs: incident.openedAtMs,
    status: verdict.status,
    kind: incident.kind,
    reason: verdict.reason,
    lagMessages: verdict.lagMessages,
    timeLag: verdict.timeLag,
    partitions: problems
      .slice(0, PARTITIONS_TOLD)
      .map(({ topic, partition, verdict: { status, lagMessages, owner } }) => ({
        topic,
        partition,
        status,
        lagMessages,
        owner: owner === null ? null : `${owner.clientId} at ${owner.host}`,
      })),
    morePartitions: Math.max(0, problems.length - PARTITIONS_TOLD),
  };
}
