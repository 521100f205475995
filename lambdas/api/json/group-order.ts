import type { GroupStatus, GroupVerdict } from '../../core/status/verdict.ts';
import type { GroupEntry, GroupSort } from '../answers/groups-answer.ts';

type Sortable = Pick<GroupVerdict, 'group' | 'status' | 'lagMessages' | 'timeLag'>;
type Rated = Pick<GroupEntry, 'producedPerS' | 'consumedPerS' | 'drainEtaMs'>;

const WEIGHT_OF: Readonly<Record<GroupStatus, number>> = { ERR: 3, WARN: 2, UNKNOWN: 1, OK: 0 };

/** What is worst first, if nothing else is asked for; of equals the one whose name comes first. What is not known is last, either way. */
export function sortedVerdicts<Verdict extends Sortable>(
  verdicts: readonly Verdict[],
  { sort, order }: { readonly sort: GroupSort; readonly order?: 'asc' | 'desc' | undefined },
  entryOf: (verdict: Verdict) => Rated | null,
): readonly Verdict[] {
  if (sort === 'group') return verdicts.toSorted(order === 'desc' ? (a, b) => byName(b, a) : byName);
  const value = (verdict: Verdict) => VALUE_OF[sort](verdict, () => entryOf(verdict));
  const sign = order === 'asc' ? 1 : -1;
  return verdicts.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byName(a, b);
    return (left === right ? 0 : sign * (left < right ? -1 : 1)) || tieBreak(sort, sign, a, b) || byName(a, b);
  });
}

const timeLagMs = ({ timeLag }: Sortable): number | null => (timeLag.kind === 'unknown' ? null : timeLag.timeLagMs);

/** What a group is sorted by. Only what its verdict does not hold is looked up in its entry. */
const VALUE_OF: Readonly<
  Record<Exclude<GroupSort, 'group'>, (verdict: Sortable, entry: () => Rated | null) => number | null>
> = {
  trouble: ({ status }) => WEIGHT_OF[status],
  lag: ({ lagMessages }) => lagMessages,
  timeLag: timeLagMs,
  produced: (_verdict, entry) => entry()?.producedPerS ?? null,
  consumed: (_verdict, entry) => entry()?.consumedPerS ?? null,
  drainEta: (_verdict, entry) => {
    const drainEtaMs = entry()?.drainEtaMs ?? null;
    return drainEtaMs === 'never' ? Number.POSITIVE_INFINITY : drainEtaMs;
  },
};

/** In equal trouble, who is longer behind, then who is further. */
function tieBreak(sort: GroupSort, sign: number, a: Sortable, b: Sortable): number {
  if (sort !== 'trouble') return 0;
  const later = (timeLagMs(a) ?? -1) - (timeLagMs(b) ?? -1);
  return sign * (later || (a.lagMessages ?? -1) - (b.lagMessages ?? -1));
}

const byName = (a: Sortable, b: Sortable): number => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0);
