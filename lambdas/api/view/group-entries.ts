import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import type { IncidentRecords } from '../../core/incident/incident.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';
import type { GroupEntry } from '../answers/groups-answer.ts';
import { drainEtaOf, partitionRates, rateBase, sumOfRates } from './rates.ts';
import type { WindowSample } from './window.ts';

/** What the entries of a cluster are made of. */
export interface EntrySources {
  readonly verdicts: readonly GroupVerdict[];
  readonly newest: ClusterSnapshot;
  /** Oldest first; the last one is the newest snapshot. */
  readonly window: readonly WindowSample[];
  readonly incidents: IncidentRecords;
}

/** Every group of a cluster in one line, in the order of the verdicts. */
export function groupEntriesOf(sources: EntrySources): ReadonlyMap<string, GroupEntry> {
  return new Map(sources.verdicts.map((verdict) => [verdict.group, groupEntry(verdict, sources)]));
}

function groupEntry(verdict: GroupVerdict, { newest, window, incidents }: EntrySources): GroupEntry {
  const { group, status, kind, reason, lagMessages, timeLag } = verdict;
  const [base, last] = [rateBase(window), window.at(-1)];
  const places = placesOf(verdict);
  const rates =
    last === undefined
      ? sumOfRates([])
      : sumOfRates(
          places.map(({ topic, partition }) => partitionRates({ base, newest: last, group }, topic, partition)),
        );
  const shown = newest.groups.get(group);
  return {
    group,
    status,
    kind,
    sentence: reason?.sentence ?? null,
    incidentOpenedAtMs: incidents.get(group)?.incident?.openedAtMs ?? null,
    type: shown?.type ?? null,
    state: shown?.state ?? null,
    members: shown?.members?.length ?? null,
    topics: [...new Set(places.map(({ topic }) => topic))],
    partitions: places.length,
    partitionsNotOk: places.filter(({ status: of }) => of !== 'OK' && of !== 'UNKNOWN').length,
    lagMessages,
    timeLag,
    ...rates,
    drainEtaMs: drainEtaOf(rates, { lagMessages, isOk: status === 'OK' }),
    lagMessagesTrail: window.map(({ groups }) => groups.get(group)?.lagMessages ?? null),
  };
}

const placesOf = ({ partitions }: GroupVerdict) =>
  [...partitions].flatMap(([topic, verdicts]) =>
    verdicts.flatMap((verdict, partition) => (verdict === null ? [] : [{ topic, partition, status: verdict.status }])),
  );
