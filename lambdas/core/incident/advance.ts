import type { Incident, IncidentRecord } from './incident.ts';
import type { Notice, Transition } from './notice.ts';
import { noticeOf } from './notice-of.ts';
import type { Observation } from './observation.ts';

export interface IncidentSettings {
  /** An open incident is told again after this long without a notice. */
  readonly repeatIntervalMs: number;
}

/**
 * One step of a group's incident: the record to write, or null when nothing changes.
 *
 * Same inputs, same step: a retried evaluation cannot page twice. A slot that the record has seen, and one without
 * evidence, change nothing.
 */
export function advance(
  record: IncidentRecord | null,
  seen: Observation,
  settings: IncidentSettings,
): IncidentRecord | null {
  if (record !== null && seen.slotMs <= record.slotMs) return null;
  const incident = record?.incident ?? null;
  const step = incident === null ? opened(seen) : continued(incident, seen, settings);
  if (step === null) return null;
  return {
    cluster: seen.cluster,
    group: seen.verdict.group,
    version: (record?.version ?? 0) + 1,
    slotMs: seen.slotMs,
    incident: step.incident,
    outbox: [...(record?.outbox ?? []), step.notice],
  };
}

interface Step {
  readonly incident: Incident | null;
  readonly notice: Notice;
}

function opened(seen: Observation): Step | null {
  const { status, kind, group } = seen.verdict;
  if (kind === null || !isProblem(seen)) return null;
  return told('opened', seen, {
    id: `${seen.cluster}/${group}/${seen.slotMs}`,
    cluster: seen.cluster,
    group,
    openedAtMs: seen.atMs,
    status,
    kind,
    notifiedAtMs: seen.atMs,
  });
}

function continued(incident: Incident, seen: Observation, { repeatIntervalMs }: IncidentSettings): Step | null {
  const { status, kind } = seen.verdict;
  if (status === 'UNKNOWN') return null;
  if (kind === null || !isProblem(seen)) return { incident: null, notice: noticeOf('recovered', incident, seen) };
  if (incident.status === 'WARN' && status === 'ERR') return told('worsened', seen, { ...incident, status, kind });
  if (kind !== incident.kind) return told('changed', seen, { ...incident, status, kind });
  if (seen.atMs - incident.notifiedAtMs >= repeatIntervalMs) return told('reminded', seen, { ...incident, status });
  return null;
}

/** The notice speaks of the incident as it is after the step. */
function told(transition: Transition, seen: Observation, after: Incident): Step {
  return { incident: { ...after, notifiedAtMs: seen.atMs }, notice: noticeOf(transition, after, seen) };
}

const isProblem = ({ verdict: { status } }: Observation): boolean => status === 'WARN' || status === 'ERR';
