import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellAtAge, emptyAxis, takeCell } from '../../../lambdas/core/lag/time-axis.ts';

const SHAPE = { capacity: 12, recent: 5, horizonMs: 86_400_000 };
const MINUTE_MS = 60_000;

function axisOf(count: number, shape = SHAPE) {
  const axis = emptyAxis();
  for (let minute = 0; minute < count; minute++) takeCell(axis, minute * MINUTE_MS, shape);
  return axis;
}

const minutesOf = ({ cells, atMs }: ReturnType<typeof emptyAxis>) => cells.map((cell) => (atMs[cell] ?? 0) / MINUTE_MS);

describe('a time axis', () => {
  test.each([
    { why: 'while there is room, all are held', count: 12, minutes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
    {
      why: 'then the second goes, whose neighbours lie closest for their age',
      count: 13,
      minutes: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    },
  ])('$why', ({ count, minutes }) => {
    expect(minutesOf(axisOf(count))).toEqual(minutes);
  });

  test('reaches back to the beginning, ever sparser, and never thins the newest', () => {
    const minutes = minutesOf(axisOf(500));
    expect(minutes[0]).toBe(0);
    expect(minutes.slice(-5)).toEqual([495, 496, 497, 498, 499]);
    const gaps = minutes.slice(1).map((minute, index) => minute - (minutes[index] ?? 0));
    expect(gaps[0]).toBeGreaterThan(gaps.at(-6) ?? 0);
  });

  test('gives up what is older than its horizon first', () => {
    const minutes = minutesOf(axisOf(500, { ...SHAPE, horizonMs: 60 * MINUTE_MS }));
    expect(minutes[1]).toBeGreaterThanOrEqual(499 - 61);
  });

  test('holds instants in order, no two in one cell, and no more than it may', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600_000 }), { maxLength: 80 }), (steps) => {
        const axis = emptyAxis();
        let atMs = 0;
        for (const step of steps) {
          atMs += step;
          expect(axis.atMs[takeCell(axis, atMs, SHAPE)]).toBe(atMs);
        }
        const held = axis.cells.map((cell) => axis.atMs[cell] ?? 0);
        expect(held).toEqual(held.toSorted((a, b) => a - b));
        expect(new Set(axis.cells).size).toBe(axis.cells.length);
        expect(axis.cells.length).toBe(Math.min(SHAPE.capacity, steps.length));
      }),
    );
  });

  test.each([
    { why: 'the newest', ageMinutes: 0, minute: 9 },
    { why: 'the newest that is old enough', ageMinutes: 2.5, minute: 6 },
    { why: 'the oldest, where none is', ageMinutes: 90, minute: 0 },
  ])('finds $why', ({ ageMinutes, minute }) => {
    const axis = axisOf(10);
    expect(axis.atMs[cellAtAge(axis, 9 * MINUTE_MS, ageMinutes * MINUTE_MS)]).toBe(minute * MINUTE_MS);
  });

  test('has no cell to find while it is empty', () => {
    expect(cellAtAge(emptyAxis(), 0, 0)).toBe(-1);
  });
});
