import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, flag, number, time } from '../../../../../lambdas/core/status/default/rows/columns.ts';
import { rowKind } from '../../../../../lambdas/core/status/default/rows/row-kind.ts';

const LENGTH = 6;

const KIND = rowKind(
  { offset: number(), seenAtMs: time(), perS: number(0), advances: count(), open: flag() },
  { ends: LENGTH, lags: LENGTH },
);

describe('a row', () => {
  test('begins with what its columns say, and gives back what is put', () => {
    const row = new KIND.Row(KIND.newStore());
    expect(row).toMatchObject({ offset: Number.NaN, seenAtMs: Number.NaN, perS: 0, advances: 0, open: false });
    const values = { offset: 2 ** 53 - 1, seenAtMs: -Number.POSITIVE_INFINITY, perS: 0.125, advances: 7, open: true };
    Object.assign(row, values);
    expect(row).toMatchObject(values);
  });

  test('shares its numbers with no other, however many there are', () => {
    const store = KIND.newStore();
    const rows = Array.from({ length: 1_000 }, () => new KIND.Row(store));
    for (const [index, row] of rows.entries()) {
      row.offset = index;
      row.advances = index;
      KIND.strips.lags.put(row, LENGTH - 1, index);
    }
    for (const [index, row] of rows.entries()) {
      expect([row.offset, row.advances, row.open, KIND.strips.lags.get(row, LENGTH - 1)]).toEqual([
        index,
        index,
        false,
        index,
      ]);
    }
  });

  test('is new where another one lay before', () => {
    const store = KIND.newStore();
    const gone = new KIND.Row(store);
    Object.assign(gone, { offset: 5, open: true });
    KIND.strips.ends.put(gone, 0, 5);
    store.giveBack(gone);
    const row = new KIND.Row(store);
    expect(row.numbers).toBe(gone.numbers);
    expect(row.numbersAt).toBe(gone.numbersAt);
    expect([row.offset, row.open, KIND.strips.ends.get(row, 0)]).toEqual([Number.NaN, false, Number.NaN]);
  });
});

describe('a strip', () => {
  const anyNear = fc.integer({ min: 0, max: 1_000 });
  const anyValue = fc.oneof(
    { weight: 4, arbitrary: anyNear },
    { weight: 2, arbitrary: anyNear.map((value) => value + 2 ** 32 - 500) },
    fc.maxSafeInteger(),
    fc.double(),
    fc.constantFrom(Number.NaN, -0.5, Number.POSITIVE_INFINITY),
  );
  const anyStep = fc.oneof(
    { weight: 3, arbitrary: fc.record({ pushed: anyValue }) },
    fc.record({ replaced: fc.nat({ max: LENGTH - 1 }), by: anyValue }),
    fc.record({ removed: fc.nat({ max: LENGTH - 1 }) }),
  );

  test('holds what a list of numbers would, near or far from one another', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        const row = new KIND.Row(KIND.newStore());
        const { ends, lags } = KIND.strips;
        const list: number[] = [];
        lags.put(row, 0, 77);
        for (const step of steps) {
          if ('removed' in step) {
            ends.remove(row, step.removed, list.length);
            list.splice(step.removed, 1);
          } else {
            const [at, value] = 'pushed' in step ? [list.length, step.pushed] : [step.replaced, step.by];
            if (at >= LENGTH || at > list.length) continue;
            ends.put(row, at, value, list.length);
            list[at] = value;
          }
          // -0 is told as 0.
          expect(list.map((_, index) => ends.get(row, index) + 0)).toEqual(list.map((one) => one + 0));
        }
        expect(lags.get(row, 0)).toBe(77);
      }),
    );
  });

  test('that is filled at once holds what it would hold one by one, the first number last', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: LENGTH }), fc.array(anyValue), (values, before) => {
        const row = new KIND.Row(KIND.newStore());
        const all = Float64Array.from([...before, ...values]);
        KIND.strips.ends.fillBack(row, all, before.length, values.length);
        const held = values.map((_, index) => KIND.strips.ends.get(row, index) + 0);
        expect(held.toReversed()).toEqual(values.map((one) => one + 0));
      }),
    );
  });

  test('of many rows is put and got as a column', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 20 }), fc.nat({ max: LENGTH - 1 }), (values, index) => {
        const store = KIND.newStore();
        const rows = values.map(() => new KIND.Row(store));
        KIND.strips.ends.putColumn(rows, index, Float64Array.from(values));
        const got = new Float64Array(values.length);
        KIND.strips.ends.getColumn(rows, index, got);
        expect([...got].map((one) => one + 0)).toEqual(values.map((one) => one + 0));
      }),
    );
  });

  test('takes four bytes a number for whatever lies within 2^32, and eight beyond', () => {
    const row = new KIND.Row(KIND.newStore());
    KIND.strips.ends.put(row, 0, 10 ** 12);
    KIND.strips.ends.put(row, 1, 10 ** 12 + 2 ** 32 - 2);
    expect(row.wide).toBeNull();
    KIND.strips.ends.put(row, 2, 10 ** 12 + 2 ** 32 - 1);
    expect(row.wide).not.toBeNull();
    expect([0, 1, 2].map((index) => KIND.strips.ends.get(row, index) - 10 ** 12)).toEqual([
      0,
      2 ** 32 - 2,
      2 ** 32 - 1,
    ]);
  });

  test('that is used in part forgets what lies behind for a number that is far away', () => {
    const row = new KIND.Row(KIND.newStore());
    KIND.strips.ends.put(row, 0, 1);
    KIND.strips.ends.put(row, 0, 10 ** 12, 0);
    expect([KIND.strips.ends.get(row, 0), row.wide]).toEqual([10 ** 12, null]);
  });
});
