import { ADVICE_OF } from '../../core/incident/advice.ts';
import type { EndedIncident, Incident, IncidentRecords } from '../../core/incident/incident.ts';
import { SEVERITY_OF } from '../../core/incident/severity.ts';
import type { IncidentEntry } from '../answers/incidents-answer.ts';

/** Open ones first, then those that are over; in both, the youngest first. */
export function incidentEntriesOf(records: IncidentRecords, over: readonly EndedIncident[]): readonly IncidentEntry[] {
  const open = [...records.values()].flatMap(({ incident }) => (incident === null ? [] : [openEntry(incident)]));
  const openIds = new Set(open.map(({ id }) => id));
  const ended = over.filter(({ incident }) => !openIds.has(incident.id)).map(endedEntry);
  return [...open.toSorted((a, b) => b.openedAtMs - a.openedAtMs), ...ended];
}

export const openEntry = (incident: Incident): IncidentEntry => ({
  ...entryOf(incident),
  endedAtMs: null,
  ended: null,
  advice: ADVICE_OF[incident.kind],
});

const endedEntry = ({ incident, ended, endedAtMs }: EndedIncident): IncidentEntry => ({
  ...entryOf(incident),
  endedAtMs,
  ended,
  advice: null,
});

const entryOf = ({ id, group, kind, status, openedAtMs, kindAtMs, topics, sentence }: Incident) => ({
  id,
  group,
  kind,
  status,
  severity: SEVERITY_OF[kind],
  openedAtMs,
  kindAtMs,
  topics,
  sentence,
});
