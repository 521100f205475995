import { expect, test } from 'vitest';
import { selectGroups, selectionOf, serverQueryOf } from '../../../lambdas/api/page/overview/select-groups.ts';
import { aGroupEntry } from '../../builders/page/page-groups.ts';

const groups = [
  aGroupEntry({ group: 'b-ok', lagMessages: 900, topics: ['Invoices'], type: 'share' }),
  aGroupEntry({ group: 'a-ok', lagMessages: null, timeLag: { kind: 'unknown' } }),
  aGroupEntry({ group: 'warn', status: 'WARN', timeLag: { kind: 'known', timeLagMs: 9_000 }, drainEtaMs: 'never' }),
  aGroupEntry({ group: 'err-young', status: 'ERR', timeLag: { kind: 'known', timeLagMs: 1_000 } }),
  aGroupEntry({ group: 'err-old', status: 'ERR', timeLag: { kind: 'atLeast', timeLagMs: 60_000 } }),
  aGroupEntry({ group: 'blind', status: 'UNKNOWN', type: null }),
];
const namesBy = (query: Record<string, string>) => selectGroups(groups, selectionOf(query)).map(({ group }) => group);

test('trouble comes first, in it what waits longest, and what is alike by name', () => {
  expect(namesBy({})).toEqual(['err-old', 'err-young', 'warn', 'blind', 'b-ok', 'a-ok']);
});

test.each<{ why: string; query: Record<string, string>; names: readonly string[] }>([
  { why: 'a part of a name', query: { search: 'OK' }, names: ['b-ok', 'a-ok'] },
  { why: 'a part of a topic, with blanks around', query: { search: ' invoice ' }, names: ['b-ok'] },
  { why: 'two statuses', query: { status: 'ERR,UNKNOWN' }, names: ['err-old', 'err-young', 'blind'] },
  { why: 'a type; a group whose type is not known has none', query: { type: 'share' }, names: ['b-ok'] },
  { why: 'a status that there is not filters nothing', query: { status: 'BAD' }, names: namesBy({}) },
  { why: 'nothing fits', query: { search: 'nobody' }, names: [] },
])('filters by $why', ({ query, names }) => {
  expect(namesBy(query)).toEqual(names);
});

test('a lag that is not known is the least', () => {
  expect(namesBy({ sort: 'lag' }).at(0)).toBe('b-ok');
  expect(namesBy({ sort: 'lag' }).at(-1)).toBe('a-ok');
  expect(namesBy({ sort: 'lag', order: 'reversed' }).at(0)).toBe('a-ok');
});

test('never drained is longer than any time', () => {
  expect(namesBy({ sort: 'drainEta' })[0]).toBe('warn');
});

test('names go from a, and backwards when reversed', () => {
  expect(namesBy({ sort: 'group' })[0]).toBe('a-ok');
  expect(namesBy({ sort: 'group', order: 'reversed' })[0]).toBe('warn');
});

test('the server is asked for the same, in its own words', () => {
  const query = { search: ' x ', status: 'WARN,ERR', type: 'classic', sort: 'group', order: 'reversed' };
  expect(serverQueryOf(selectionOf(query))).toEqual({
    search: 'x',
    status: 'ERR,WARN',
    type: 'classic',
    sort: 'group',
    order: 'desc',
  });
  expect(serverQueryOf(selectionOf({}))).toEqual({});
  expect(serverQueryOf(selectionOf({ sort: 'lag', order: 'reversed' }))).toEqual({ sort: 'lag', order: 'asc' });
});
