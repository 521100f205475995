import * as z from 'zod';
import { GROUP_TYPES } from '../../core/cluster/group.ts';
import { GROUP_STATUSES } from '../../core/status/verdict.ts';
import { GROUP_SORTS, type GroupEntry, type GroupsAnswer, type StatusCounts } from '../answers/groups-answer.ts';
import type { ClusterView } from '../view/cluster-views.ts';
import { sortedEntries } from './group-order.ts';
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
  const entries = [...(view?.entries.values() ?? [])];
  const fitting = entries.filter((entry) => fits(entry, query));
  const { cluster, offset, limit } = query;
  return {
    nowMs,
    cluster,
    atMs: view?.atMs ?? null,
    counts: countsOf(entries),
    total: fitting.length,
    offset,
    trailAtMs: view?.window.map(({ atMs }) => atMs) ?? [],
    groups: sortedEntries(fitting, query).slice(offset, offset + limit),
  };
}

export function countsOf(entries: readonly Pick<GroupEntry, 'status'>[]): StatusCounts {
  const counts = { OK: 0, WARN: 0, ERR: 0, UNKNOWN: 0 };
  for (const { status } of entries) counts[status] += 1;
  return counts;
}

function fits({ group, topics, status, type }: GroupEntry, query: GroupsQuery): boolean {
  const wanted = query.search.toLowerCase();
  return (
    (query.status?.includes(status) ?? true) &&
    (query.type === undefined || (type !== null && query.type.includes(type))) &&
    [group, ...topics].some((name) => name.toLowerCase().includes(wanted))
  );
}
