import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRollback, resetsOf } from '../../../lambdas/core/rollback/rollback-plan.ts';
import { marked, markerWith, readingOf } from '../../builders/marked-partitions.ts';

describe('for any marker and any reading', () => {
  const anyLog = fc.tuple(fc.nat(50), fc.nat(50)).map(([start, length]): [number, number] => [start, start + length]);
  const anyPartition = fc.record({
    before: fc.option(fc.nat(100), { nil: null }),
    beforeLog: fc.option(anyLog, { nil: null }),
    now: fc.option(fc.nat(100), { nil: null }),
    log: fc.option(anyLog, { nil: null }),
  });
  const anyPlan = fc.array(anyPartition, { maxLength: 6 }).map((parts) => ({
    parts,
    plan: planRollback(
      'billing',
      markerWith(...parts.map(({ before, beforeLog }, partition) => marked(before, beforeLog, partition))),
      readingOf(
        parts.map(({ now }) => now),
        parts.map(({ log }) => log),
      ),
    ),
  }));

  test('no offset is committed that is outside the log, or that is there already', () => {
    fc.assert(
      fc.property(anyPlan, ({ parts, plan }) => {
        for (const { partition, toOffset, fromOffset } of resetsOf(plan)) {
          const [start, end] = parts[partition]?.log ?? [1, 0];
          expect(toOffset).toBeGreaterThanOrEqual(start);
          expect(toOffset).toBeLessThanOrEqual(end);
          expect(toOffset).not.toBe(fromOffset);
        }
      }),
    );
  });

  test('nothing that the old version had not handled is passed over, but for what retention deleted', () => {
    fc.assert(
      fc.property(anyPlan, ({ parts, plan }) => {
        for (const { partition, toOffset, lostMessages } of resetsOf(plan)) {
          const { before, beforeLog } = parts[partition] ?? {};
          expect(toOffset - lostMessages).toBe(before ?? beforeLog?.[1]);
        }
      }),
    );
  });

  test('once it is applied, there is nothing more to do', () => {
    fc.assert(
      fc.property(anyPlan, ({ parts, plan }) => {
        const after = parts.map(({ now }) => now);
        for (const { partition, toOffset } of resetsOf(plan)) after[partition] = toOffset;
        const reading = readingOf(
          after,
          parts.map(({ log }) => log),
        );
        const again = planRollback(
          'billing',
          markerWith(...parts.map(({ before, beforeLog }, partition) => marked(before, beforeLog, partition))),
          reading,
        );
        expect(resetsOf(again)).toEqual([]);
      }),
    );
  });
});
