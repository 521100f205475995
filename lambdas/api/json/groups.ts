import * as z from 'zod';
import { GROUP_TYPES, type GroupType } from '../../core/cluster/group.ts';
import { GROUP_STATUSES, type GroupVerdict } from '../../core/status/verdict.ts';
import { GROUP_SORTS, type GroupsAnswer, type StatusCounts } from '../answers/groups-answer.ts';
import type { ClusterView } from '../view/cluster-views.ts';
import { sortedVerdicts } from './group-order.ts';
import { wholeNumber, wordsOf } from './query.ts';

export const groupsQuery = z.strictObject({
  cluster: z.string(),
  search: z.string().default(''),
  status: wordsOf(GROUP_STATUSES).optional(),
  type: wordsOf(GROUP_TYPES).optional(),
  sort: z.enum(GROUP_SORTS).default('trouble'),
  order: z.enum(['asc', 'desc']).optional(),
  offset: wholeNumber({ min: 0, max: 1_000_000 }).default(0),
  limit: wholeNumber({ min: 0, max: 1_000 }).default(100),
});

export type GroupsQuery = z.output<typeof groupsQuery>;

/** One page of a cluster's groups. @param view null: nothing is judged yet */
export function groupsAnswerOf(view: ClusterView | null, query: GroupsQuery, nowMs: number): GroupsAnswer {
  const verdicts = [...(view?.verdicts.values() ?? [])];
  const fitting = verdicts.filter((verdict) => fits(verdict, view?.newest.groups.get(verdict.group)?.type, query));
  const entryOf = ({ group }: GroupVerdict) => view?.entries.get(group) ?? null;
  const { cluster, offset, limit } = query;
  return {
    nowMs,
    cluster,
    atMs: view?.atMs ?? null,
    counts: countsOf(verdicts),
    total: fitting.length,
    offset,
    trailAtMs: view?.window.map(({ atMs }) => atMs) ?? [],
    groups: sortedVerdicts(fitting, query, entryOf)
      .slice(offset, offset + limit)
      .flatMap((verdict) => entryOf(verdict) ?? []),
  };
}

export function countsOf(verdicts: readonly Pick<GroupVerdict, 'status'>[]): StatusCounts {
  const counts = { OK: 0, WARN: 0, ERR: 0, UNKNOWN: 0 };
  for (const { status } of verdicts) counts[status] += 1;
  return counts;
}

/** @param type undefined: the newest reading did not show the group */
function fits({ group, partitions, status }: GroupVerdict, type: GroupType | undefined, query: GroupsQuery): boolean {
  const wanted = query.search.toLowerCase();
  return (
    (query.status?.includes(status) ?? true) &&
    (query.type === undefined || (type !== undefined && query.type.includes(type))) &&
    (wanted === '' || [group, ...partitions.keys()].some((name) => name.toLowerCase().includes(wanted)))
  );
}
