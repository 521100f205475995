import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteReader } from '../../../lambdas/core/bytes/byte-reader.ts';
import { byteWriter, NEAR_MAX } from '../../../lambdas/core/bytes/byte-writer.ts';

const corrupt = expect.objectContaining({ code: 'STORE_CORRUPT' });

const anySafeInteger = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.constantFrom(0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, NEAR_MAX, -NEAR_MAX, NEAR_MAX + 1),
);

test('any value comes back, whatever the prediction', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anySafeInteger, anySafeInteger)), (pairs) => {
      const writer = byteWriter();
      for (const [value, prediction] of pairs) writer.near(value, prediction);
      const reader = byteReader(writer.finish());
      for (const [value, prediction] of pairs) expect(reader.near(prediction)).toBe(value);
      reader.finish();
    }),
  );
});

/** Near its prediction, far away, or no whole number at all. */
const anyPrediction = fc.tuple(
  fc.oneof(fc.integer({ min: -10_000, max: 10_000 }), anySafeInteger, fc.double(), fc.constant(-0)),
  fc.oneof(fc.integer({ min: -10_000, max: 10_000 }), anySafeInteger),
);

test('many doubles come back as one by one, whatever the predictions', () => {
  fc.assert(
    fc.property(fc.array(anyPrediction), (pairs) => {
      const predictions = Float64Array.from(pairs, ([, prediction]) => prediction);
      const together = byteWriter();
      together.reals(
        Float64Array.from(pairs, ([value]) => value),
        predictions,
        pairs.length,
      );
      const oneByOne = byteWriter();
      for (const [value, prediction] of pairs) oneByOne.real(value, prediction);
      const bytes = together.finish();
      expect(bytes).toEqual(oneByOne.finish());
      const reader = byteReader(bytes);
      reader.reals(predictions, pairs.length);
      expect([...predictions]).toEqual(pairs.map(([value]) => value));
      reader.finish();
    }),
  );
});

test('many counts come back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 2 ** 32 - 1 }))), (counts) => {
      const writer = byteWriter();
      writer.counts(Uint32Array.from(counts), counts.length);
      const reader = byteReader(writer.finish());
      const read = new Uint32Array(counts.length);
      reader.counts(read, counts.length);
      expect([...read]).toEqual(counts);
      reader.finish();
    }),
  );
});

test('many numbers that are cut off are an error', () => {
  const numbers = Float64Array.of(1, 300, -70_000, 0.5, Number.NaN);
  const writer = byteWriter();
  writer.reals(numbers, new Float64Array(5), 5);
  const bytes = writer.finish();
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => byteReader(bytes.subarray(0, length)).reals(new Float64Array(5), 5)).toThrow(corrupt);
  }
  expect(() => byteReader(Uint8Array.of(1, 0x80)).counts(new Uint32Array(2), 2)).toThrow(corrupt);
  expect(() => byteReader(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 16)).counts(new Uint32Array(1), 1)).toThrow(corrupt);
});

test('numbers and texts of any size come back in turn', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.maxSafeNat(), fc.string({ unit: 'grapheme', maxLength: 3_000 }))), (pairs) => {
      const writer = byteWriter();
      for (const [number, text] of pairs) {
        writer.unsigned(number);
        writer.text(text);
      }
      const reader = byteReader(writer.finish());
      for (const [number, text] of pairs) expect([reader.unsigned(), reader.text()]).toEqual([number, text]);
      reader.finish();
    }),
  );
});

test.each([
  { why: 'a number that is cut off', bytes: [0x80], read: 'unsigned' as const },
  { why: 'a number without end', bytes: Array(9).fill(0xff), read: 'unsigned' as const },
  { why: 'a number beyond 2^53', bytes: [...Array(7).fill(0xff), 0x7f], read: 'unsigned' as const },
  { why: 'a text longer than what is there', bytes: [5, 65], read: 'text' as const },
  { why: 'bytes left over', bytes: [1], read: 'finish' as const },
])('$why is an error', ({ bytes, read }) => {
  expect(() => byteReader(Uint8Array.from(bytes))[read]()).toThrow(corrupt);
});

test('what is no whole number is refused', () => {
  for (const value of [-1, Number.NaN, 2 ** 53]) expect(() => byteWriter().unsigned(value)).toThrow('invariant');
  expect(() => byteWriter().near(2 ** 60, 0)).toThrow('invariant');
});
