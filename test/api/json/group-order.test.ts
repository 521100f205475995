import { expect, test } from 'vitest';
import type { GroupEntry, GroupSort } from '../../../lambdas/api/answers/groups-answer.ts';
import { sortedVerdicts } from '../../../lambdas/api/json/group-order.ts';

const anEntry = (group: string, part: Partial<GroupEntry> = {}): GroupEntry => ({
  group,
  status: 'OK',
  kind: null,
  sentence: null,
  incidentOpenedAtMs: null,
  type: 'classic',
  state: 'Stable',
  members: 1,
  topics: ['orders'],
  partitions: 1,
  partitionsNotOk: 0,
  lagMessages: 0,
  timeLag: { kind: 'known', timeLagMs: 0 },
  producedPerS: 0,
  consumedPerS: 0,
  drainEtaMs: 0,
  lagMessagesTrail: [],
  ...part,
});

const ENTRIES = [
  anEntry('b', { lagMessages: 5, drainEtaMs: 'never' }),
  anEntry('a', { lagMessages: 5, status: 'WARN', drainEtaMs: 7 }),
  anEntry('d', { lagMessages: null, status: 'UNKNOWN', timeLag: { kind: 'unknown' }, drainEtaMs: null }),
  anEntry('c', { lagMessages: 9, status: 'WARN', timeLag: { kind: 'atLeast', timeLagMs: 60_000 } }),
];

test.each([
  { sort: 'trouble', order: undefined, names: 'cadb', why: 'of two equal ones the one that is longer behind' },
  { sort: 'trouble', order: 'asc', names: 'bdac', why: 'all is well first' },
  { sort: 'group', order: undefined, names: 'abcd', why: 'names from a' },
  { sort: 'group', order: 'desc', names: 'dcba', why: 'names from z' },
  { sort: 'lag', order: undefined, names: 'cabd', why: 'what is not known is last' },
  { sort: 'lag', order: 'asc', names: 'abcd', why: 'the other way round too' },
  { sort: 'timeLag', order: undefined, names: 'cabd', why: 'a bound counts as what it is' },
  { sort: 'drainEta', order: undefined, names: 'bacd', why: 'never is the longest' },
] as const)('$sort, $order: $why', ({ sort, order, names }) => {
  const sorted = sortedVerdicts(ENTRIES, { sort: sort as GroupSort, order }, (entry) => entry);
  expect(sorted.map(({ group }) => group).join('')).toBe(names);
});
