import { GROUP_TYPES, type GroupType } from '../../../core/cluster/group.ts';
import type { GroupStatus } from '../../../core/status/verdict.ts';
import { GROUP_SORTS, type GroupEntry, type GroupSort } from '../../answers/groups-answer.ts';
import { TROUBLE_ORDER } from '../words/statuses.ts';

/** Which groups are shown, in which order. */
export interface Selection {
  readonly search: string;
  /** Empty: all. */
  readonly statuses: readonly GroupStatus[];
  /** Empty: all. */
  readonly types: readonly GroupType[];
  readonly sort: GroupSort;
  /** The other way round than what is usual for the sort. */
  readonly isReversed: boolean;
}

/** The selection that an address holds; what is not understood is left out. */
export function selectionOf(query: Readonly<Record<string, string>>): Selection {
  const { search = '', status = '', type = '', sort = '', order = '' } = query;
  return {
    search,
    statuses: TROUBLE_ORDER.filter((known) => status.split(',').includes(known)),
    types: GROUP_TYPES.filter((known) => type.split(',').includes(known)),
    sort: GROUP_SORTS.find((known) => known === sort) ?? 'trouble',
    isReversed: order === 'reversed',
  };
}

/** The groups that fit, in order. Groups that are alike keep the order of their names. */
export function selectGroups(groups: readonly GroupEntry[], selection: Selection): readonly GroupEntry[] {
  const { statuses, types, sort, isReversed } = selection;
  const wanted = selection.search.trim().toLowerCase();
  const kept = groups.filter(
    (entry) =>
      (statuses.length === 0 || statuses.includes(entry.status)) &&
      (types.length === 0 || (entry.type !== null && types.includes(entry.type))) &&
      (wanted === '' || [entry.group, ...entry.topics].some((name) => name.toLowerCase().includes(wanted))),
  );
  const compare = COMPARE[sort];
  return kept.toSorted((a, b) => (isReversed ? compare(b, a) : compare(a, b)) || byName(a, b));
}

/** The query by which the server selects the same, for a cluster that is too large for the page. */
export function serverQueryOf({ search, statuses, types, sort, isReversed }: Selection): Record<string, string> {
  const usual = sort === 'group' ? 'asc' : 'desc';
  return {
    ...(search.trim() !== '' && { search: search.trim() }),
    ...(statuses.length > 0 && { status: statuses.join(',') }),
    ...(types.length > 0 && { type: types.join(',') }),
    ...(sort !== 'trouble' && { sort }),
    ...(isReversed && { order: usual === 'asc' ? 'desc' : 'asc' }),
  };
}

type Compare = (a: GroupEntry, b: GroupEntry) => number;

// By code units, not by the reader's language: the same order everywhere, and fast.
const byName: Compare = (a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);

const byMost =
  (value: (entry: GroupEntry) => number | null): Compare =>
  (a, b) =>
    Number(value(b) ?? -1) - Number(value(a) ?? -1);

const timeLagMsOf = ({ timeLag }: GroupEntry): number | null => (timeLag.kind === 'unknown' ? null : timeLag.timeLagMs);

const byTimeLag = byMost(timeLagMsOf);

const byTrouble: Compare = (a, b) =>
  TROUBLE_ORDER.indexOf(a.status) - TROUBLE_ORDER.indexOf(b.status) || byTimeLag(a, b);

const COMPARE: Readonly<Record<GroupSort, Compare>> = {
  trouble: byTrouble,
  group: byName,
  lag: byMost(({ lagMessages }) => lagMessages),
  timeLag: byTimeLag,
  produced: byMost(({ producedPerS }) => producedPerS),
  consumed: byMost(({ consumedPerS }) => consumedPerS),
  drainEta: byMost(({ drainEtaMs }) => (drainEtaMs === 'never' ? Number.MAX_SAFE_INTEGER : drainEtaMs)),
};
