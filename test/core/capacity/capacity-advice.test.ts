import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CapacityFacts, capacityAdviceOf } from '../../../lambdas/core/capacity/capacity-advice.ts';

const FACTS: CapacityFacts = {
  producedPeakPerS: 900,
  memberPerS: 200,
  members: 4,
  partitions: 12,
  backlogMessages: 180_000,
};

describe('capacity advice', () => {
  test.each([
    {
      why: 'peak and backlog over what members can do',
      facts: {},
      expected: { membersNeeded: 8, membersIdle: 0, limitedByPartitions: false, pattern: 'consumerPerPartition' },
      says: '8 consumers (now 4) for the peak of 900/s, and to work off 180,000 in 30 min',
    },
    {
      why: 'partitions limit it',
      facts: { partitions: 3 },
      expected: {
        membersNeeded: 8,
        membersIdle: 1,
        limitedByPartitions: true,
        pattern: 'workerPool',
        workersPerPartition: 3,
      },
      says: "8 consumers (now 4) for the peak of 900/s, and to work off 180,000 in 30 min, more than its 3 partitions can feed; 1 of the present ones have no partition: add partitions, or let 3 workers share each partition's messages",
    },
    {
      why: 'nothing is written: one is still needed',
      facts: { producedPeakPerS: 0, backlogMessages: 0 },
      expected: { membersNeeded: 1, limitedByPartitions: false },
      says: '1 consumers (now 4) for the peak of 0/s',
    },
  ])('$why', ({ facts, expected, says }) => {
    const advice = capacityAdviceOf({ ...FACTS, ...facts });
    expect(advice).toMatchObject(expected);
    expect(advice?.sentence).toBe(says);
  });

  test('is none while no member has shown anything, or there is nothing to read', () => {
    expect(capacityAdviceOf({ ...FACTS, memberPerS: 0 })).toBeNull();
    expect(capacityAdviceOf({ ...FACTS, partitions: 0 })).toBeNull();
  });

  test('never asks for fewer consumers when more is to be done', () => {
    const anyFacts = fc.record({
      producedPeakPerS: fc.double({ min: 0, max: 1e6, noNaN: true }),
      memberPerS: fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
      members: fc.nat({ max: 50 }),
      partitions: fc.integer({ min: 1, max: 100 }),
      backlogMessages: fc.nat(),
    });
    fc.assert(
      fc.property(anyFacts, fc.double({ min: 0, max: 1e5, noNaN: true }), fc.nat(), (facts, morePerS, moreMessages) => {
        const busier = {
          ...facts,
          producedPeakPerS: facts.producedPeakPerS + morePerS,
          backlogMessages: facts.backlogMessages + moreMessages,
        };
        expect(capacityAdviceOf(busier)?.membersNeeded).toBeGreaterThanOrEqual(
          capacityAdviceOf(facts)?.membersNeeded ?? 0,
        );
      }),
    );
  });
});
