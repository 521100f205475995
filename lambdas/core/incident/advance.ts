import type { EndedIncident, Incident, IncidentRecord, Pending, Sight } from './incident.ts';
import type { IncidentSettings } from './incident-settings.ts';
import type { Notice, Transition } from './notice.ts';
import { noticeOf } from './notice-of.ts';
import type { Observation } from './observation.ts';
import { patienceMs, weightOf } from './patience.ts';
import { outboxWith, sentenceKept, topicsKept } from './record-limits.ts';
import { isHeavier } from './severity.ts';

/**
 * One step of an incident: the record to write, or null when nothing changes.
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
  const before: State = { incident: record?.incident ?? null, pending: record?.pending ?? null };
  const sight = sightOf(seen, before);
  if (sight === null) return null;
  const settled = settle(before, sight, seen, settings);
  const { notice, ...after } = told(settled, sight, seen, settings);
  const { ended } = settled;
  if (notice === null && isSame(before, after)) return null;
  const waiting = { outbox: record?.outbox ?? [], taken: record?.taken ?? {} };
  return {
    cluster: seen.cluster,
    group: seen.group,
    version: (record?.version ?? 0) + 1,
    slotMs: seen.slotMs,
    ...after,
    ended: ended && { ...ended, endedAtMs: seen.atMs },
    ...(notice === null ? waiting : outboxWith(waiting, notice)),
  };
}

interface State {
  readonly incident: Incident | null;
  readonly pending: Pending | null;
}

/** Null: no evidence, which opens and closes nothing. */
function sightOf({ finding: { status, kind }, gone }: Observation, { incident, pending }: State): Sight | null {
  // Rules go on judging a deleted group for a while: what has expired must not begin again before it is back.
  if (gone && (incident !== null || pending?.sight === 'GONE')) return 'GONE';
  return kind ?? (status === 'OK' ? 'OK' : null);
}

/** The incident as the slot leaves it. `ended`: the one that is over, and how. */
interface Settled extends State {
  readonly ended: Omit<EndedIncident, 'endedAtMs'> | null;
}

function settle({ incident, pending }: State, sight: Sight, seen: Observation, settings: IncidentSettings): Settled {
  if (sight === (incident?.kind ?? 'OK')) return { incident, pending: null, ended: null };
  if (incident === null && sight === 'GONE') return { incident, pending, ended: null };
  const since = { sinceSlotMs: seen.slotMs, sinceAtMs: seen.atMs, topics: incident?.topics ?? [] };
  const lasting = pending?.sight === sight ? pending : { sight, ...since };
  const { status } = seen.finding;
  if (seen.slotMs - lasting.sinceSlotMs < patienceMs(sight, { from: incident, status }, settings)) {
    return { incident, pending: lasting, ended: null };
  }
  if (sight === 'OK') return { incident: null, pending: null, ended: incident && { incident, ended: 'recovered' } };
  if (sight === 'GONE') return { incident: null, pending: lasting, ended: incident && { incident, ended: 'expired' } };
  const { id, openedAtMs, told } = incident ?? { id: idOf(seen), openedAtMs: lasting.sinceAtMs, told: null };
  const { cluster, group } = seen;
  const kindAtMs = lasting.sinceAtMs;
  const { reason } = seen.finding;
  const sentence = reason && sentenceKept(reason.sentence);
  return {
    incident: { id, cluster, group, openedAtMs, status, kind: sight, kindAtMs, sentence, topics: topicsOf(seen), told },
    pending: null,
    ended: null,
  };
}

const idOf = ({ cluster, group, slotMs }: Observation): string =>
  group === null ? `${cluster}/${slotMs}` : `${cluster}/${group}/${slotMs}`;

/** What is over is told if its beginning was, in silence too: whoever was woken may sleep again. */
function told(
  { incident, pending, ended }: Settled,
  sight: Sight,
  seen: Observation,
  settings: IncidentSettings,
): State & { readonly notice: Notice | null } {
  if (ended !== null) {
    const known = ended.incident.told === null ? null : { ...ended.incident, ...ended.incident.told };
    return { incident, pending, notice: known && noticeOf(ended.ended, known, seen) };
  }
  if (incident === null || seen.silent || sight !== incident.kind) return { incident, pending, notice: null };
  const transition = dueOf(incident, seen.atMs, settings);
  if (transition === null) return { incident, pending, notice: null };
  const { status, kind } = incident;
  return {
    incident: { ...incident, topics: topicsOf(seen), told: { status, kind, atMs: seen.atMs } },
    pending,
    notice: noticeOf(transition, incident, seen),
  };
}

/** What there is to tell of an incident that is seen now. */
function dueOf({ told, status, kind }: Incident, atMs: number, settings: IncidentSettings): Transition | null {
  if (told === null) return 'opened';
  if (weightOf(status) > weightOf(told.status)) return 'worsened';
  // One that gets lighter is on its way out: the recovery tells that, or the next reminder.
  if (isHeavier(kind, told.kind)) return 'changed';
  return atMs - told.atMs >= settings.repeatIntervalMs ? 'reminded' : null;
}

/** Those that hold a problem. */
const topicsOf = ({ finding: { partitions } }: Observation): readonly string[] =>
  topicsKept(
    [...partitions].flatMap(([topic, verdicts]) =>
      verdicts.some((verdict) => verdict !== null && isBad(verdict.status)) ? [topic] : [],
    ),
  );

const isBad = (status: string): boolean => status !== 'OK' && status !== 'UNKNOWN';

const isSame = (before: State, after: State): boolean =>
  before.incident === after.incident &&
  before.pending?.sight === after.pending?.sight &&
  before.pending?.sinceSlotMs === after.pending?.sinceSlotMs;
