import type { ClusterSnapshot } from '../cluster/snapshot.ts';
import type { GroupVerdict } from '../status/verdict.ts';
import { advance } from './advance.ts';
import { clusterFinding, unreadFinding } from './cluster-finding.ts';
import { wasDeleted } from './deletion.ts';
import type { HoldBack } from './hold-back.ts';
import type { Incident, IncidentRecord, IncidentRecords } from './incident.ts';
import type { IncidentSettings } from './incident-settings.ts';
import { NO_EVIDENCE } from './observation.ts';
import type { Silence } from './silence.ts';

/** One sample with what the rules make of it. */
export interface JudgedSample {
  readonly slotMs: number;
  readonly snapshot: ClusterSnapshot;
  readonly verdicts: readonly GroupVerdict[];
}

/**
 * The records to write after one sample, in this order: the cluster's own first, since it decides which groups are told
 * of. Those already written are left out of a second call, so that a half-done step goes on where it stopped.
 *
 * @param isHeldBack what open releases explain; absent: nothing is
 */
export function stepCluster(
  records: IncidentRecords,
  { slotMs, snapshot, verdicts }: JudgedSample,
  settings: IncidentSettings,
  isSilent: Silence,
  isHeldBack: HoldBack = () => false,
): readonly IncidentRecord[] {
  const { cluster, atMs, failures } = snapshot;
  const at = { cluster, slotMs, atMs };
  const own = records.get(null) ?? null;
  const storm = stormOf(own);
  const sinceMs = (storm?.kindAtMs ?? atMs) - settings.storm.withinMs;
  const troubled = verdicts.filter(
    ({ group, kind }) =>
      kind !== null &&
      !isSilent(group) &&
      !isHeldBack({ group, kind, openedAtMs: openedAtMs(records, group, atMs) }) &&
      openedAtMs(records, group, atMs) > sinceMs,
  );
  const finding = clusterFinding({ troubled: troubled.map(({ group }) => group), failures }, settings.storm);
  const cause = { ...at, group: null, finding, gone: false, silent: isSilent(null) };
  const ownNext = advance(own, cause, settings);
  const held = heldBy(stormOf(ownNext ?? own), settings.storm.withinMs);

  const groups = observed(records, verdicts).flatMap(({ group, finding }) => {
    const record = records.get(group) ?? null;
    const open = record?.incident ?? record?.pending ?? null;
    if (open === null && finding.kind === null) return [];
    const since = openedAtMs(records, group, atMs);
    const next = advance(
      record,
      {
        ...at,
        group,
        finding,
        gone: open !== null && wasDeleted({ group, topics: open.topics }, snapshot),
        silent: isSilent(group) || held(since) || isHeldBack({ group, kind: finding.kind, openedAtMs: since }),
      },
      settings,
    );
    return next === null ? [] : [next];
  });
  return ownNext === null ? groups : [ownNext, ...groups];
}

/** The cluster's own record after a reading of which nothing came; null when it does not change. */
export function stepUnread(
  records: IncidentRecords,
  { cluster, slotMs, why }: { readonly cluster: string; readonly slotMs: number; readonly why: string },
  settings: IncidentSettings,
  isSilent: Silence,
): IncidentRecord | null {
  const seen = { cluster, group: null, slotMs, atMs: slotMs, finding: unreadFinding(why), gone: false };
  return advance(records.get(null) ?? null, { ...seen, silent: isSilent(null) }, settings);
}

/** Every group with a verdict, and those of which only the incident is left. */
function observed(records: IncidentRecords, verdicts: readonly GroupVerdict[]) {
  const seen = new Set(verdicts.map(({ group }) => group));
  const forgotten = [...records.values()].flatMap(({ group, incident }) =>
    incident === null || group === null || seen.has(group) ? [] : [{ group, finding: NO_EVIDENCE }],
  );
  return [...verdicts.map((finding) => ({ group: finding.group, finding })), ...forgotten];
}

const stormOf = (own: IncidentRecord | null): Incident | null =>
  own?.incident?.kind === 'STORM' ? own.incident : null;

const openedAtMs = (records: IncidentRecords, group: string, atMs: number): number =>
  records.get(group)?.incident?.openedAtMs ?? atMs;

/** A storm speaks for the groups that got into trouble around its beginning; later ones are told as ever. */
const heldBy =
  (storm: Incident | null, withinMs: number) =>
  (groupOpenedAtMs: number): boolean =>
    storm !== null && Math.abs(groupOpenedAtMs - storm.kindAtMs) <= withinMs;
