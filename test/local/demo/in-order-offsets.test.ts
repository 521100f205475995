import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrderOffsets } from '../../../local/demo/in-order-offsets.ts';

test('a message that overtook an unfinished one is not committed yet', () => {
  const offsets = inOrderOffsets();
  expect(offsets.committable()).toBeNull();
  for (const offset of [7, 8, 9]) offsets.take(offset);
  expect(offsets.committable()).toBe(7);
  offsets.finish(7);
  offsets.finish(9);
  expect(offsets.committable()).toBe(8);
  offsets.finish(8);
  expect(offsets.committable()).toBe(10);
});

test('gaps in the log, as compaction leaves them, hold up nothing', () => {
  const offsets = inOrderOffsets();
  offsets.take(3);
  offsets.take(90);
  offsets.finish(3);
  expect(offsets.committable()).toBe(90);
});

test('whatever the order of finishing: never past an unfinished message, never back, and in the end past all', () => {
  const anyOrder = fc.uniqueArray(fc.nat(40), { minLength: 1 });
  fc.assert(
    fc.property(anyOrder, (finishing) => {
      const offsets = inOrderOffsets();
      const unfinished = [...finishing].sort((a, b) => a - b);
      const end = (unfinished.at(-1) ?? 0) + 1;
      for (const offset of unfinished) offsets.take(offset);
      let last = 0;
      for (const offset of finishing) {
        offsets.finish(offset);
        unfinished.splice(unfinished.indexOf(offset), 1);
        const committable = offsets.committable() ?? -1;
        expect(committable).toBe(unfinished[0] ?? end);
        expect(committable).toBeGreaterThanOrEqual(last);
        last = committable;
      }
      expect(last).toBe(end);
    }),
  );
});
