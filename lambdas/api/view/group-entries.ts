import type { ClusterSnapshot } from '../../core/cluster/snapshot.ts';
import type { IncidentRecords } from '../../core/incident/incident.ts';
import type { GroupVerdict } from '../../core/status/verdict.ts';
import type { GroupEntry } from '../answers/groups-answer.ts';
import { drainEtaOf, partitionRates, rateBase, sumOfRates } from './rates.ts';
import type { WindowSample } from './window.ts';

/** What the entries of a cluster are made of. */
export interface EntrySources {
  readonly verdicts: ReadonlyMap<string, GroupVerdict>;
  readonly newest: ClusterSnapshot;
  /** Oldest first; the last one is the newest snapshot. */
  readonly window: readonly WindowSample[];
  readonly incidents: IncidentRecords;
}

/** The groups of a cluster in one line each. */
export interface GroupEntries {
  /** Undefined: the cluster has no such group. */
  get(group: string): GroupEntry | undefined;
}

/**
 * Each line is made when it is first asked for: of ten thousand groups a page shows a hundred, and whoever asks after a
 * new sample shall not wait for the others.
 */
export function groupEntriesOf(sources: EntrySources): GroupEntries {
  const made = new Map<string, GroupEntry>();
  return {
    get(group) {
      const verdict = sources.verdicts.get(group);
      if (verdict === undefined) return undefined;
      const entry = made.get(group) ?? groupEntry(verdict, sources);
      made.set(group, entry);
      return entry;
    },
  };
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
    drainEtaMs: drainEtaOf(rates, { lagMessages, status, kind }),
    lagMessagesTrail: window.map(({ groups }) => groups.get(group)?.lagMessages ?? null),
  };
}

const placesOf = ({ partitions }: GroupVerdict) =>
  [...partitions].flatMap(([topic, verdicts]) =>
    verdicts.flatMap((verdict, partition) => (verdict === null ? [] : [{ topic, partition, status: verdict.status }])),
  );
