import type { GroupStatus } from '../../core/status/verdict.ts';
import type { GroupEntry, GroupSort } from '../answers/groups-answer.ts';

const WEIGHT_OF: Readonly<Record<GroupStatus, number>> = { ERR: 3, WARN: 2, UNKNOWN: 1, OK: 0 };

/** What is worst first, if nothing else is asked for; of equals the one whose name comes first. What is not known is last, either way. */
export function sortedEntries(
  entries: readonly GroupEntry[],
  { sort, order }: { readonly sort: GroupSort; readonly order?: 'asc' | 'desc' | undefined },
): readonly GroupEntry[] {
  if (sort === 'group') return entries.toSorted(order === 'desc' ? (a, b) => byName(b, a) : byName);
  const value = VALUE_OF[sort];
  const sign = order === 'asc' ? 1 : -1;
  return entries.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b);
    return (left === right ? 0 : sign * (left < right ? -1 : 1)) || tieBreak(sort, sign, a, b) || byName(a, b);
  });
}

const timeLagMs = ({ timeLag }: GroupEntry): number | null => (timeLag.kind === 'unknown' ? null : timeLag.timeLagMs);

const VALUE_OF: Readonly<Record<Exclude<GroupSort, 'group'>, (entry: GroupEntry) => number | null>> = {
  trouble: ({ status }) => WEIGHT_OF[status],
  lag: ({ lagMessages }) => lagMessages,
  timeLag: timeLagMs,
  produced: ({ producedPerS }) => producedPerS,
  consumed: ({ consumedPerS }) => consumedPerS,
  drainEta: ({ drainEtaMs }) => (drainEtaMs === 'never' ? Number.POSITIVE_INFINITY : drainEtaMs),
};

/** In equal trouble, who is longer behind, then who is further. */
function tieBreak(sort: GroupSort, sign: number, a: GroupEntry, b: GroupEntry): number {
  if (sort !== 'trouble') return 0;
  const later = (timeLagMs(a) ?? -1) - (timeLagMs(b) ?? -1);
  return sign * (later || (a.lagMessages ?? -1) - (b.lagMessages ?? -1));
}

const byName = (a: GroupEntry, b: GroupEntry): number => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
