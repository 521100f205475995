import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, type Place, routeOf } from '../../../lambdas/api/page/routes.ts';

const anyName = fc.string({ minLength: 1, unit: 'grapheme' });
const anyPlace: fc.Arbitrary<Place> = fc.oneof(
  fc.constantFrom<Place>({ view: 'groups' }, { view: 'incidents' }, { view: 'releases' }),
  anyName.map((group): Place => ({ view: 'group', group })),
  anyName.map((release): Place => ({ view: 'release', release })),
);

test('every place has an address that leads back to it, whatever its names hold', () => {
  fc.assert(
    fc.property(
      anyName,
      anyPlace,
      fc.dictionary(fc.constantFrom('search', 'range'), anyName),
      (cluster, place, query) => {
        const route = { cluster, place, query: { ...query } };
        expect(routeOf(hashOf(route))).toEqual(route);
      },
    ),
  );
});

test.each([
  { why: 'nothing', hash: '', cluster: null, view: 'groups' },
  { why: 'only a slash', hash: '#/', cluster: null, view: 'groups' },
  { why: 'a cluster alone', hash: '#/prod', cluster: 'prod', view: 'groups' },
  { why: 'a view that there is not', hash: '#/prod/nonsense', cluster: 'prod', view: 'groups' },
  { why: 'a stray per cent sign', hash: '#/100%/incidents', cluster: '100%', view: 'incidents' },
  { why: 'a name with a slash that nobody encoded', hash: '#/prod/groups/a/b', cluster: 'prod', view: 'group' },
])('an address that somebody typed leads somewhere: $why', ({ hash, cluster, view }) => {
  const route = routeOf(hash);
  expect([route.cluster, route.place.view]).toEqual([cluster, view]);
});

test('what is selected nothing of leaves no trace in the address', () => {
  expect(hashOf({ cluster: 'prod', place: { view: 'groups' }, query: { search: '', status: 'ERR' } })).toBe(
    '#/prod/groups?status=ERR',
  );
});
