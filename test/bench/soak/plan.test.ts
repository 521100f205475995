import fc from 'fast-check';
import { expect, test } from 'vitest';
import { soakPlan } from '../../../bench/soak/plan.ts';

const FOR_S = 1_800;

test('the same seed gives the same soak, another one another', () => {
  expect(soakPlan(FOR_S, 7)).toEqual(soakPlan(FOR_S, 7));
  expect(soakPlan(FOR_S, 7)).not.toEqual(soakPlan(FOR_S, 8));
});

test('happenings leave each other alone, so that one explains what is seen', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { groups, brokers } = soakPlan(FOR_S, seed);
      for (const { happenings } of groups) {
        const inTurn = [...happenings, ...brokers].sort((one, other) => one.fromS - other.fromS);
        for (const [index, { fromS }] of inTurn.entries()) {
          const before = inTurn[index - 1];
          if (before !== undefined) expect(fromS - before.untilS).toBeGreaterThanOrEqual(60);
        }
        expect(inTurn.at(-1)?.untilS ?? 0).toBeLessThan(FOR_S - 60);
      }
    }),
    { numRuns: 50 },
  );
});

test('half an hour has dozens of happenings, faults of groups and of brokers among them', () => {
  const { groups, brokers } = soakPlan(FOR_S, 1);
  const deeds = groups.flatMap(({ happenings }) => happenings.map(({ what }) => what));
  expect(deeds.length).toBeGreaterThan(30);
  expect(new Set(deeds)).toEqual(new Set(['stopped', 'stalled', 'slowed', 'burst', 'redeployed', 'joined']));
  expect(brokers.length).toBeGreaterThan(2);
});
