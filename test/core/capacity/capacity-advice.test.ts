import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityAdviceOf } from '../../../lambdas/core/capacity/capacity-advice.ts';
import type { CapacityFacts } from '../../../lambdas/core/capacity/capacity-facts.ts';

const FACTS: CapacityFacts = {
  producedPeakPerS: 900,
  memberPerS: 200,
  limitSeen: true,
  members: 4,
  partitions: 12,
  backlogMessages: 180_000,
  watchedMs: 86_400_000,
};

describe('capacity advice', () => {
  test.each([
    {
      why: 'peak and backlog over what members can do',
      facts: {},
      expected: {
        membersNeeded: 8,
        membersIdle: 0,
        limitedByPartitions: false,
        pattern: 'consumerPerPartition',
        workersPerPartition: 1,
        presentDrainMs: null,
        sureness: 'high',
      },
      says: '8 consumers (now 4) for the peak of 900/s, and to work off 180,000 in 30 min (the present ones: never)',
    },
    {
      why: 'partitions limit it, and a member more than there are partitions does nothing',
      facts: { partitions: 3, producedPeakPerS: 500 },
      expected: {
        membersNeeded: 5,
        membersIdle: 1,
        limitedByPartitions: true,
        pattern: 'workerPool',
        workersPerPartition: 2,
        presentDrainMs: 1_800_000,
      },
      says: "5 consumers (now 4) for the peak of 500/s, and to work off 180,000 in 30 min (the present ones: 30 min); 1 of the present ones has no partition; its 3 partitions can't feed as many: add partitions, or let 2 workers share each partition's messages",
    },
    {
      why: 'nothing is written: one is still needed',
      facts: { producedPeakPerS: 0, backlogMessages: 0 },
      expected: { membersNeeded: 1, limitedByPartitions: false, presentDrainMs: 0 },
      says: '1 consumer (now 4) for the peak of 0/s',
    },
    {
      why: 'members that were never at their limit have kept up: no more of them are needed, maybe fewer',
      facts: { limitSeen: false, backlogMessages: 0, memberPerS: 225 },
      expected: { membersNeeded: 4, sureness: 'low' },
      says: 'at most 4 consumers (now 4) for the peak of 900/s; none was seen at its limit',
    },
    {
      why: 'the partitions of a share group bound nothing',
      facts: { partitions: null, backlogMessages: 0 },
      expected: { membersNeeded: 7, membersIdle: 0, limitedByPartitions: false, pattern: 'shareMembers' },
      says: '7 consumers (now 4) for the peak of 900/s',
    },
    {
      why: 'half an hour is not enough to be sure of a peak',
      facts: { watchedMs: 1_800_000, backlogMessages: 0 },
      expected: { membersNeeded: 7, sureness: 'low' },
      says: '7 consumers (now 4) for the peak of 900/s',
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
      limitSeen: fc.boolean(),
      members: fc.nat({ max: 50 }),
      partitions: fc.integer({ min: 1, max: 100 }),
      backlogMessages: fc.nat(),
      watchedMs: fc.nat(),
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
