import type { GroupMeasures } from '../status/measures.ts';
import { partitionProblemsOf } from '../status/partition-problems.ts';
import type { Incident } from './incident.ts';
import type { Notice, NoticeRates, Transition } from './notice.ts';
import type { Finding, Observation } from './observation.ts';
import { ownerKept, sentenceKept } from './record-limits.ts';

const PARTITIONS_TOLD = 5;

/** What people are told of one step of an incident. */
export function noticeOf(transition: Transition, incident: Incident, { slotMs, atMs, finding }: Observation): Notice {
  // What a deleted group's last verdict says is over with it.
  const expired = transition === 'expired';
  const problems = expired ? [] : partitionProblemsOf(finding);
  return {
    id: `${incident.id}/${slotMs}/${transition}`,
    incidentId: incident.id,
    cluster: incident.cluster,
    group: incident.group,
    transition,
    atMs,
    openedAtMs: incident.openedAtMs,
    status: expired ? 'UNKNOWN' : finding.status,
    kind: incident.kind,
    reason: expired ? null : reasonOf(finding),
    lagMessages: expired ? null : finding.lagMessages,
    timeLag: expired ? { kind: 'unknown' } : finding.timeLag,
    rates: expired || finding.measures === undefined ? null : ratesOf(finding.measures),
    partitions: problems
      .slice(0, PARTITIONS_TOLD)
      .map(({ topic, partition, verdict: { status, lagMessages, owner } }) => ({
        topic,
        partition,
        status,
        lagMessages,
        owner: owner === null ? null : ownerKept(`${owner.clientId} at ${owner.host}`),
      })),
    morePartitions: Math.max(0, problems.length - PARTITIONS_TOLD),
  };
}

const reasonOf = ({ reason }: Finding): Notice['reason'] =>
  reason && { ...reason, sentence: sentenceKept(reason.sentence) };

const ratesOf = ({ producedPerS, consumedPerS, drainEtaMs, lossEtaMs }: GroupMeasures): NoticeRates => ({
  producedPerS,
  consumedPerS,
  drainEtaMs,
  lossEtaMs,
});
